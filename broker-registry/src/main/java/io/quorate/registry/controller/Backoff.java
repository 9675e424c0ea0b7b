package io.quorate.registry.controller;

import io.quorate.wire.proto.ErrorCode;
import java.util.HashMap;
import java.util.Map;

/**
 * Owns how often what is tried again and again has failed, and says how long to wait before it is tried once more: not at all
 * when somebody else was faster a few times, longer and longer when nothing says that it will ever be possible.
 */
final class Backoff {
    /** So often somebody else may have been faster, or the connection lost, before there is reason to wait. */
    static final int CONFLICTS_MAX = 5;

    static final long FIRST_MILLIS = 100;
    static final long WAIT_MILLIS_MAX = 30_000;
    private static final int DOUBLINGS_MAX = 10;

    private final ControllerHost host;
    private final Map<String, Integer> failures = new HashMap<>();

    /** @param host is told when there begins to be reason to wait */
    Backoff(ControllerHost host) {
        this.host = host;
    }

    /** It has failed; gives the time to wait, in milliseconds. */
    long failed(String path, ErrorCode error) {
        int times = failures.merge(path, 1, Integer::sum) - (isOrdinary(error) ? CONFLICTS_MAX : 0);
        if (times <= 0) {
            return 0;
        }
        if (times == 1) {
            host.onTrouble(path + " cannot be dealt with, and is tried again later: " + error);
        }
        return Math.min(WAIT_MILLIS_MAX, FIRST_MILLIS << Math.min(times - 1, DOUBLINGS_MAX));
    }

    /** It has succeeded. */
    void succeeded(String path) {
        failures.remove(path);
    }

    /** Whether it has failed since it succeeded last. */
    boolean hasFailed(String path) {
        return failures.containsKey(path);
    }

    /** A topic is gone, and with it whatever has failed there. */
    void forget(String topicPath) {
        failures.keySet().removeIf(path -> path.equals(topicPath) || path.startsWith(topicPath + "/"));
    }

    private static boolean isOrdinary(ErrorCode error) {
        return error == ErrorCode.BAD_VERSION
                || error == ErrorCode.NODE_EXISTS
                || error == ErrorCode.NO_NODE
                || error == ErrorCode.CONNECTION_LOSS
                || error == ErrorCode.SESSION_EXPIRED;
    }
}
