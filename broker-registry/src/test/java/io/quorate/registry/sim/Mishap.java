package io.quorate.registry.sim;

/** What happens at one moment: to the controller, or to a broker that is to have a replica. */
enum Mishap {
    NONE,
    /** kill -9. */
    KILLED,
    /** Its session ends, and it learns that a moment later. */
    EXPIRED,
    /** It loses its connection, and has another one before its session ends. */
    CUT,
    /** It stands still until long after its session has ended. */
    PAUSED,
    /** kill -9 of the other broker; its server notices only when the session ends, and it is started again after that. */
    REPLICA_KILLED;

    private static final long SOON_MILLIS = 100;

    /** Whether what the controller has sent at that moment gets lost. */
    boolean losesRequest() {
        return switch (this) {
            case KILLED, EXPIRED, CUT -> true;
            case NONE, PAUSED, REPLICA_KILLED -> false;
        };
    }

    void befall(SimBroker controller, SimBroker replica, SimTime time) {
        SimSession session = controller.session();
        switch (this) {
            case NONE -> {}
            case KILLED -> controller.kill();
            case EXPIRED -> {
                session.cut();
                time.after(SOON_MILLIS, session::expire);
                time.after(2 * SOON_MILLIS, session::reconnect);
            }
            case CUT -> {
                session.cut();
                time.after(SOON_MILLIS, session::reconnect);
            }
            case PAUSED -> {
                session.pause(2 * SimSession.TIMEOUT_MILLIS);
                time.after(SimSession.TIMEOUT_MILLIS, session::expire);
            }
            case REPLICA_KILLED -> {
                replica.kill();
                time.after(2 * SimSession.TIMEOUT_MILLIS, replica::start);
            }
        }
    }
}
