package io.quorate.xcheck;

import java.util.Map;

/** Owns the operation numbers of the client protocol, section 7, and their names for people. */
final class Op {

    static final int CLOSE_SESSION = -11;
    static final int CREATE_SESSION = -10;
    static final int CREATE = 1;
    static final int DELETE = 2;
    static final int EXISTS = 3;
    static final int GET_DATA = 4;
    static final int SET_DATA = 5;
    static final int GET_ACL = 6;
    static final int SET_ACL = 7;
    static final int GET_CHILDREN = 8;
    static final int SYNC = 9;
    static final int PING = 11;
    static final int GET_CHILDREN2 = 12;
    static final int CHECK = 13;
    static final int MULTI = 14;
    static final int CREATE2 = 15;
    static final int RECONFIG = 16;
    static final int CHECK_WATCHES = 17;
    static final int REMOVE_WATCHES = 18;
    static final int CREATE_CONTAINER = 19;
    static final int DELETE_CONTAINER = 20;
    static final int CREATE_TTL = 21;
    static final int MULTI_READ = 22;
    static final int AUTH = 100;
    static final int SET_WATCHES = 101;
    static final int SASL = 102;
    static final int GET_EPHEMERALS = 103;
    static final int GET_ALL_CHILDREN_NUMBER = 104;
    static final int SET_WATCHES2 = 105;
    static final int ADD_WATCH = 106;
    static final int WHO_AM_I = 107;

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(CLOSE_SESSION, "closeSession"),
            Map.entry(CREATE_SESSION, "createSession"),
            Map.entry(CREATE, "create"),
            Map.entry(DELETE, "delete"),
            Map.entry(EXISTS, "exists"),
            Map.entry(GET_DATA, "getData"),
            Map.entry(SET_DATA, "setData"),
            Map.entry(GET_ACL, "getACL"),
            Map.entry(SET_ACL, "setACL"),
            Map.entry(GET_CHILDREN, "getChildren"),
            Map.entry(SYNC, "sync"),
            Map.entry(PING, "ping"),
            Map.entry(GET_CHILDREN2, "getChildren2"),
            Map.entry(CHECK, "check"),
            Map.entry(MULTI, "multi"),
            Map.entry(CREATE2, "create2"),
            Map.entry(RECONFIG, "reconfig"),
            Map.entry(CHECK_WATCHES, "checkWatches"),
            Map.entry(REMOVE_WATCHES, "removeWatches"),
            Map.entry(CREATE_CONTAINER, "createContainer"),
            Map.entry(DELETE_CONTAINER, "deleteContainer"),
            Map.entry(CREATE_TTL, "createTTL"),
            Map.entry(MULTI_READ, "multiRead"),
            Map.entry(AUTH, "auth"),
            Map.entry(SET_WATCHES, "setWatches"),
            Map.entry(SASL, "sasl"),
            Map.entry(GET_EPHEMERALS, "getEphemerals"),
            Map.entry(GET_ALL_CHILDREN_NUMBER, "getAllChildrenNumber"),
            Map.entry(SET_WATCHES2, "setWatches2"),
            Map.entry(ADD_WATCH, "addWatch"),
            Map.entry(WHO_AM_I, "whoAmI"));

    private Op() {}

    static String name(int type) {
        return NAMES.getOrDefault(type, "type " + type);
    }
}
