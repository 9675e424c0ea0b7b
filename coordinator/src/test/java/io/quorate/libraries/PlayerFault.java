package io.quorate.libraries;

import java.util.Random;

/** What happens to a process, or to its wire. All times are in milliseconds. */
enum PlayerFault {
    /** kill -9, and a new process some time later: before the session of the old one is over, or after that. */
    KILL,
    /** SIGTERM and the end of the standard input, and a new process: whether one comes to leave is a matter of chance. */
    LEAVE,
    /** SIGSTOP for longer than the session lasts. */
    FREEZE,
    /** All connections end. */
    DROP,
    /** What was sent arrives when the session is long over. */
    ZOMBIE,
    /** What was sent arrives late, when the session has moved to another connection. */
    ZOMBIE_CONNECTION;

    private static final int SESSION_MILLIS = (int) ConsumerProcess.SESSION.toMillis();

    /** Begins, and returns how long it is to last. */
    int strike(Player player, Random random) {
        switch (this) {
            case KILL -> player.process().kill();
            case LEAVE -> player.process().terminate();
            case FREEZE -> player.process().suspend();
            case DROP -> player.wire().drop();
            case ZOMBIE -> player.wire().withhold(true);
            case ZOMBIE_CONNECTION -> player.wire().withhold(false);
        }
        return switch (this) {
            case KILL, LEAVE -> random.nextInt(SESSION_MILLIS * 3 / 2);
            case FREEZE -> SESSION_MILLIS + random.nextInt(3_000);
            case ZOMBIE, ZOMBIE_CONNECTION -> SESSION_MILLIS + 2_000;
            case DROP -> 0;
        };
    }

    /** Ends what was begun. */
    void heal(Player player) {
        switch (this) {
            case KILL -> player.start();
            case LEAVE -> {
                player.process().kill();
                player.start();
            }
            case FREEZE -> player.process().resume();
            case ZOMBIE, ZOMBIE_CONNECTION -> player.wire().deliver();
            case DROP -> {}
        }
    }
}
