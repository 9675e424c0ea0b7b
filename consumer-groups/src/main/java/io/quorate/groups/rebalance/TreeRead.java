package io.quorate.groups.rebalance;

/**
 * One part of a read.
 *
 * @param path the node
 * @param ofChildren whether the names of its children are wanted; else its data and Stat
 */
public record TreeRead(String path, boolean ofChildren) {
    /** Data and Stat of a node. */
    public static TreeRead data(String path) {
        return new TreeRead(path, false);
    }

    /** The names of a node's children. */
    public static TreeRead children(String path) {
        return new TreeRead(path, true);
    }
}
