package io.quorate.coordinator.tree;

import java.util.Arrays;

/**
 * Finds a node by its path: open addressing over the nodes themselves, with the hashes beside them, so that a probe touches a
 * node only where it is very likely the right one, and nothing but hashes where there is none. Many small segments grow one at
 * a time; with ten million nodes no growth stalls the core for long.
 */
final class PathTable {

    private static final int SEGMENT_BITS = 10;
    private static final int FIRST_CAPACITY = 4;
    private static final int EMPTY = 0;
    private static final int MIX = 0x9E3779B9;

    private final Znode[][] segments = new Znode[1 << SEGMENT_BITS][];
    private final int[][] hashes = new int[1 << SEGMENT_BITS][];
    private final int[] sizes = new int[1 << SEGMENT_BITS];
    private int size;

    PathTable() {
        clear();
    }

    int size() {
        return size;
    }

    Znode get(String path) {
        int hash = hash(path);
        int number = hash >>> (32 - SEGMENT_BITS);
        int at = find(number, hash, path);
        return at < 0 ? null : segments[number][at];
    }

    /** Where the node with this path is, or −1 minus the place where it would be. */
    private int find(int number, int hash, String path) {
        int[] known = hashes[number];
        int mask = known.length - 1;
        int i = hash & mask;
        while (known[i] != EMPTY) {
            if (known[i] == hash && segments[number][i].path.equals(path)) {
                return i;
            }
            i = (i + 1) & mask;
        }
        return -1 - i;
    }

    /** Adds a node; false, and nothing changed, if there is one with its path. */
    boolean add(Znode node) {
        int hash = hash(node.path);
        int number = hash >>> (32 - SEGMENT_BITS);
        if (sizes[number] * 3 >= segments[number].length * 2) {
            grow(number);
        }
        int at = find(number, hash, node.path);
        if (at >= 0) {
            return false;
        }
        segments[number][-1 - at] = node;
        hashes[number][-1 - at] = hash;
        sizes[number]++;
        size++;
        return true;
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
        closeHole(segment, hashes[number], hole);
        sizes[number]--;
        size--;
    }

    /** Moves later nodes of the same run back over the hole, so that a probe never stops too early. */
    private static void closeHole(Znode[] segment, int[] known, int from) {
        int mask = segment.length - 1;
        int hole = from;
        for (int i = (hole + 1) & mask; known[i] != EMPTY; i = (i + 1) & mask) {
            int home = known[i] & mask;
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                segment[hole] = segment[i];
                known[hole] = known[i];
                hole = i;
            }
        }
        segment[hole] = null;
        known[hole] = EMPTY;
    }

    private void grow(int number) {
        Znode[] old = segments[number];
        int[] oldHashes = hashes[number];
        segments[number] = new Znode[old.length * 2];
        hashes[number] = new int[old.length * 2];
        for (int i = 0; i < old.length; i++) {
            if (old[i] != null) {
                insert(segments[number], hashes[number], old[i], oldHashes[i]);
            }
        }
    }

    private static void insert(Znode[] segment, int[] known, Znode node, int hash) {
        int mask = segment.length - 1;
        int i = hash & mask;
        while (known[i] != EMPTY) {
            i = (i + 1) & mask;
        }
        segment[i] = node;
        known[i] = hash;
    }

    /** String hashes of numbered names differ in few bits: multiply and fold, so that all take part at both ends. */
    private static int hash(String path) {
        int mixed = path.hashCode() * MIX;
        mixed = (mixed ^ (mixed >>> 15)) * MIX;
        mixed ^= mixed >>> 13;
        return mixed == EMPTY ? 1 : mixed;
    }

    void clear() {
        for (int i = 0; i < segments.length; i++) {
            segments[i] = new Znode[FIRST_CAPACITY];
            hashes[i] = new int[FIRST_CAPACITY];
        }
        Arrays.fill(sizes, 0);
        size = 0;
    }
}
