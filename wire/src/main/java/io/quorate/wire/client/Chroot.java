package io.quorate.wire.client;

import io.quorate.wire.jute.MalformedException;

/**
 * Translates between the paths of this client and those of the server, which has the client's tree below {@code prefix}.
 *
 * @param prefix an absolute path, or empty for none
 */
record Chroot(String prefix) {
    static final Chroot NONE = new Chroot("");

    /** The node that the client calls {@code path}. */
    String toServer(String path) {
        check(path);
        if (path.length() > 1 && path.charAt(path.length() - 1) == '/') {
            throw new IllegalArgumentException("path ends with a slash: " + path);
        }
        return prefix.isEmpty() || path.length() > 1 ? prefix + path : prefix;
    }

    /** The beginning of names: something will be appended, so the slash at the end stays. */
    String toServerPrefix(String path) {
        check(path);
        return prefix + path;
    }

    /** What the client calls a node of the server; one that is not below the chroot cannot have been meant for it. */
    String toClient(String path) {
        if (path == null || !contains(path)) {
            throw new MalformedException("path " + path + " outside of chroot " + prefix);
        }
        return path.length() == prefix.length() ? "/" : path.substring(prefix.length());
    }

    /** Whether a node of the server is in the client's tree. */
    boolean contains(String path) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length() ? !prefix.isEmpty() : path.charAt(prefix.length()) == '/');
    }

    private static void check(String path) {
        if (path == null || path.isEmpty() || path.charAt(0) != '/') {
            throw new IllegalArgumentException("path does not begin with a slash: " + path);
        }
    }
}
