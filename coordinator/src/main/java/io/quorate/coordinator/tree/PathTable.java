package io.quorate.coordinator.tree;

import java.util.Arrays;

/**
 * Finds a node by its path: open addressing over the nodes themselves, so a node costs one reference and a bit here.
 * Many small segments grow one at a time; with ten million nodes no growth stalls the core for long.
 */
final class PathTable {

    private static final int SEGMENT_BITS = 10;
    private static final int FIRST_CAPACITY = 4;
    private static final int MIX = 0x9E3779B9;

    private final Znode[][] segments = new Znode[1 << SEGMENT_BITS][FIRST_CAPACITY];
    private final int[] sizes = new int[1 << SEGMENT_BITS];
    private int size;

    int size() {
        return size;
    }

    Znode get(String path) {
        int hash = hash(path);
        Znode[] segment = segments[hash >>> (32 - SEGMENT_BITS)];
        int mask = segment.length - 1;
        for (int i = hash & mask; segment[i] != null; i = (i + 1) & mask) {
            if (segment[i].path.equals(path)) {
                return segment[i];
            }
        }
        return null;
    }

    void put(Znode node) {
        int hash = hash(node.path);
        int number = hash >>> (32 - SEGMENT_BITS);
        if (sizes[number] * 4 >= segments[number].length * 3) {
            grow(number);
        }
        insert(segments[number], node, hash);
        sizes[number]++;
        size++;
    }

    void remove(Znode node) {
        int hash = hash(node.path);
        int number = hash >>> (32 - SEGMENT_BITS);
        Znode[] segment = segments[number];
        int mask = segment.length - 1;
        int hole = hash & mask;
        while (!node.equals(segment[hole])) {
            assert segment[hole] != null : node.path;
            hole = (hole + 1) & mask;
        }
        closeHole(segment, hole);
        sizes[number]--;
        size--;
    }

    /** Moves later nodes of the same run back over the hole, so that a probe never stops too early. */
    private static void closeHole(Znode[] segment, int from) {
        int mask = segment.length - 1;
        int hole = from;
        for (int i = (hole + 1) & mask; segment[i] != null; i = (i + 1) & mask) {
            int home = hash(segment[i].path) & mask;
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                segment[hole] = segment[i];
                hole = i;
            }
        }
        segment[hole] = null;
    }

    private void grow(int number) {
        Znode[] old = segments[number];
        Znode[] grown = new Znode[old.length * 2];
        for (Znode node : old) {
            if (node != null) {
                insert(grown, node, hash(node.path));
            }
        }
        segments[number] = grown;
    }

    private static void insert(Znode[] segment, Znode node, int hash) {
        int mask = segment.length - 1;
        int i = hash & mask;
        while (segment[i] != null) {
            i = (i + 1) & mask;
        }
        segment[i] = node;
    }

    /** String hashes of numbered names differ in their last digits alone: multiply, so that all bits take part. */
    private static int hash(String path) {
        int mixed = path.hashCode() * MIX;
        return mixed ^ (mixed >>> 15);
    }

    void clear() {
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Znode[FIRST_CAPACITY];
        }
        Arrays.fill(sizes, 0);
        size = 0;
    }
}
