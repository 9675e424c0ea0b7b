package io.quorate.coordinator.tree;

/** The rules for paths (semantics 2). */
public final class Paths {

    public static final String ROOT = "/";
    public static final String SYSTEM = "/zookeeper";
    public static final String QUOTA = "/zookeeper/quota";
    public static final String CONFIG = "/zookeeper/config";

    private static final String SYSTEM_BELOW = SYSTEM + "/";

    private Paths() {}

    /** Full validation: what a node may be called. */
    public static boolean isValid(String path) {
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/') {
            return false;
        }
        if (length == 1) {
            return true;
        }
        if (path.charAt(length - 1) == '/') {
            return false;
        }
        int componentStart = 1;
        for (int i = 1; i < length; i++) {
            char c = path.charAt(i);
            if (c == '/') {
                if (!isComponent(path, componentStart, i)) {
                    return false;
                }
                componentStart = i + 1;
            } else if (isRefused(c)) {
                return false;
            }
        }
        return isComponent(path, componentStart, length);
    }

    private static boolean isComponent(String path, int from, int to) {
        int length = to - from;
        if (length == 0 || length > 2 || path.charAt(from) != '.') {
            return length != 0;
        }
        return length == 2 && path.charAt(from + 1) != '.';
    }

    private static boolean isRefused(char c) {
        return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0xD800 && c <= 0xF8FF) || c >= 0xFFF0;
    }

    /** Weak validation, which create and delete do first: there is a parent, and no U+0000. */
    public static boolean hasParent(String path) {
        return path.indexOf('/') >= 0 && path.indexOf('\0') < 0;
    }

    /** True for the nodes that can never be deleted. */
    public static boolean isProtected(String path) {
        return path.equals(ROOT) || path.equals(SYSTEM) || path.equals(QUOTA) || path.equals(CONFIG);
    }

    /** The text before the last slash; the root is the parent of top-level nodes. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? ROOT : path.substring(0, slash);
    }

    /** False for what the tree digest leaves out (semantics 13). */
    static boolean isDigested(String path) {
        return !path.startsWith(SYSTEM_BELOW);
    }

    /** True if {@code path} is {@code ancestor} or below it, by components. */
    public static boolean isAtOrBelow(String path, String ancestor) {
        if (ancestor.equals(ROOT)) {
            return true;
        }
        return path.startsWith(ancestor)
                && (path.length() == ancestor.length() || path.charAt(ancestor.length()) == '/');
    }
}
