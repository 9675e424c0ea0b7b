package io.quorate.groups.rebalance;

/**
 * One life of a member: one session, one id that is never used again (consumer-groups D2).
 *
 * @param id member id
 * @param session that keeps its nodes
 * @param timeoutMillis of that session
 */
record Incarnation(String id, long session, long timeoutMillis) {

    static Incarnation of(String group, String client, long session, long timeoutMillis, int count) {
        String id = group + "_" + client + "-" + Long.toHexString(session) + "-" + count;
        return new Incarnation(id, session, timeoutMillis);
    }
}
