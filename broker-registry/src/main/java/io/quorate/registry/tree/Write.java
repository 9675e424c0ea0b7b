package io.quorate.registry.tree;

/**
 * One part of a transaction: what it does with a node.
 *
 * @param kind what is done
 * @param path of the node; for {@link Kind#CREATE_SEQUENTIAL} and {@link Kind#CREATE_CANDIDATE} digits are appended
 * @param data of the node, for those that have some; null for none
 * @param version that the node must have; -1 for any; of no meaning when it is created
 */
public record Write(Kind kind, String path, byte[] data, int version) {
    /** What can be done with a node. */
    public enum Kind {
        /** Creates a node that stays. */
        CREATE,
        /** Creates a node that goes when the session ends. */
        CREATE_EPHEMERAL,
        /** Creates a node that stays, with a number at the end of its name. */
        CREATE_SEQUENTIAL,
        /** Creates a node that goes when the session ends, with a number at the end of its name. */
        CREATE_CANDIDATE,
        /** Replaces the data. */
        SET,
        /** Deletes the node, which must have no children. */
        DELETE,
        /** Changes nothing; fails if the version is another one. */
        CHECK
    }

    /** What a write takes besides its path and data: headers, version, access list. */
    private static final int OVERHEAD_BYTES = 64;

    public static Write create(String path, byte[] data) {
        return new Write(Kind.CREATE, path, data, -1);
    }

    public static Write createEphemeral(String path, byte[] data) {
        return new Write(Kind.CREATE_EPHEMERAL, path, data, -1);
    }

    public static Write createSequential(String pathPrefix, byte[] data) {
        return new Write(Kind.CREATE_SEQUENTIAL, pathPrefix, data, -1);
    }

    public static Write createCandidate(String pathPrefix, byte[] data) {
        return new Write(Kind.CREATE_CANDIDATE, pathPrefix, data, -1);
    }

    public static Write set(String path, byte[] data, int version) {
        return new Write(Kind.SET, path, data, version);
    }

    public static Write delete(String path, int version) {
        return new Write(Kind.DELETE, path, null, version);
    }

    public static Write check(String path, int version) {
        return new Write(Kind.CHECK, path, null, version);
    }

    /** About how many bytes it takes in a request. */
    public int bytes() {
        return OVERHEAD_BYTES + path.length() + (data == null ? 0 : data.length);
    }

    @Override
    public String toString() {
        return kind + " " + path + (version < 0 ? "" : " @" + version);
    }
}
