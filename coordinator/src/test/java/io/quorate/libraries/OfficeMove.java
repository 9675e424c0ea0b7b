package io.quorate.libraries;

import java.util.Random;

/** How whoever is controller loses the office. */
enum OfficeMove {
    /** kill -9: the office is vacant when the session is over. */
    KILL,
    /** SIGTERM: the broker gives up what it has and ends its session. */
    LEAVE,
    /** SIGSTOP until another one is controller: what it had begun it ends as one that was deposed. */
    FREEZE,
    /** An operator deletes the controller's node: nobody has lost anything else, and who was controller may be it again. */
    REMOVE;

    /** Removal takes no time, so that there is more of it. */
    static OfficeMove any(Random random) {
        int lot = random.nextInt(10);
        if (lot < 4) {
            return REMOVE;
        }
        return lot < 7 ? KILL : lot < 8 ? LEAVE : FREEZE;
    }

    /** Ends the term of this broker. */
    void strike(ClusterBroker controller, MixedCluster cluster) throws Exception {
        switch (this) {
            case KILL -> controller.kill();
            case LEAVE -> controller.leave();
            case FREEZE -> controller.suspend();
            case REMOVE -> cluster.removeController();
        }
    }

    /** When another term has begun. */
    void heal(ClusterBroker deposed) {
        switch (this) {
            case KILL, LEAVE -> deposed.start();
            case FREEZE -> deposed.resume();
            case REMOVE -> {}
        }
    }
}
