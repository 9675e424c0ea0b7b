package io.quorate.coordinator.zab;

/**
 * What the quorum needs to know of the configuration. Times in milliseconds, limits in ticks.
 *
 * @param sid this server
 * @param initLimit how long finding a leader and taking over its history may take
 * @param syncLimit how long a peer may be silent
 * @param window committed transactions kept in memory for learners that lag: at least so many
 * @param windowBytes and at least as many more as fit into so many bytes
 * @param unsentBytesMax a learner that lets more than this pile up is given up
 * @param forceSnapshot every learner is sent a whole copy
 * @param counterMax the last counter that an epoch uses, 0xfffffffe unless a test wants to see the next epoch soon
 * @param waitForEpochMillis after so long, a leader whose supporter went back to looking gives up at once; −1 for never
 */
public record ZabSettings(
        long sid,
        Members members,
        int tickMillis,
        int initLimit,
        int syncLimit,
        int minNotificationMillis,
        int maxNotificationMillis,
        int window,
        long windowBytes,
        long unsentBytesMax,
        boolean forceSnapshot,
        long counterMax,
        int waitForEpochMillis) {}
