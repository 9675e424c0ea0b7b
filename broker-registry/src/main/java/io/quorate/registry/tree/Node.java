package io.quorate.registry.tree;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Stat;
import java.util.List;

/**
 * What was read of a node. What was not asked for is null.
 *
 * @param path of the node
 * @param exists whether there is such a node
 * @param data may be null for a node that exists, too
 * @param stat of the node
 * @param children names, not paths
 * @param error OK or NO_NODE; another one if the server does not show it, so that nobody knows whether it exists
 */
public record Node(String path, boolean exists, byte[] data, Stat stat, List<String> children, ErrorCode error) {
    /** A node that is not there. */
    public static Node missing(String path) {
        return new Node(path, false, null, null, List.of(), ErrorCode.NO_NODE);
    }

    /** A node that the server does not show; only {@link Tree#readEach} gives such ones. */
    public static Node unreadable(String path, ErrorCode error) {
        return new Node(path, false, null, null, List.of(), error);
    }

    public static Node ofData(String path, byte[] data, Stat stat) {
        return new Node(path, true, data, stat, List.of(), ErrorCode.OK);
    }

    public static Node ofChildren(String path, List<String> children) {
        return new Node(path, true, null, null, children, ErrorCode.OK);
    }

    /** Whether what is said here is known. */
    public boolean isReadable() {
        return error == ErrorCode.OK || error == ErrorCode.NO_NODE;
    }

    /** The version of its data; -1 if it was not read. */
    public int version() {
        return stat == null ? -1 : stat.version();
    }
}
