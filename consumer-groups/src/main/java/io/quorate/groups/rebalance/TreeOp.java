package io.quorate.groups.rebalance;

import java.nio.charset.StandardCharsets;

/** One part of a transaction. */
public sealed interface TreeOp {
    /** Any version will do. */
    int ANY = -1;

    /** The node it is about. */
    String path();

    /** What becomes of a created node. */
    enum Kind {
        /** It stays. */
        PERSISTENT,
        /** It goes with the session. */
        EPHEMERAL,
        /** It goes with the session, and its name gets a number. */
        EPHEMERAL_SEQUENTIAL
    }

    /** Creates a node; fails if it is there, or its parent is not. */
    record Create(String path, byte[] data, Kind kind) implements TreeOp {
        @Override
        public String toString() {
            return "Create[" + path + ", " + text(data) + ", " + kind + "]";
        }
    }

    /** Deletes a node if it has this version. */
    record Delete(String path, int version) implements TreeOp {}

    /** Replaces the data of a node if it has this version. */
    record SetData(String path, byte[] data, int version) implements TreeOp {
        @Override
        public String toString() {
            return "SetData[" + path + ", " + text(data) + ", " + version + "]";
        }
    }

    /** Fails if the node is missing or has another version. */
    record Check(String path, int version) implements TreeOp {}

    /** A persistent node without data. */
    static TreeOp plain(String path) {
        return new Create(path, null, Kind.PERSISTENT);
    }

    private static String text(byte[] data) {
        return data == null ? "no data" : new String(data, StandardCharsets.UTF_8);
    }
}
