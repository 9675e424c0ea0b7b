package io.quorate.registry.tree;

import java.util.Collection;
import java.util.List;

/**
 * One thing to be read.
 *
 * @param path of the node
 * @param ofChildren whether the names of its children are wanted; else data and Stat
 */
public record Read(String path, boolean ofChildren) {
    public static Read data(String path) {
        return new Read(path, false);
    }

    public static Read children(String path) {
        return new Read(path, true);
    }

    /** Data and Stat of all of these. */
    public static List<Read> data(Collection<String> paths) {
        return paths.stream().map(Read::data).toList();
    }
}
