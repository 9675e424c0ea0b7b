package io.quorate.coordinator.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The children of one node in name order: sorted runs of bounded length, so that adding and removing among a million
 * siblings moves a few hundred references at most. Siblings share their parent's path, so paths compare as names do.
 */
final class Children {

    private static final int RUN_MAX = 512;
    private static final int FIRST_RUN = 4;

    private Znode[][] runs = new Znode[1][];
    private int[] sizes = new int[1];
    private int runCount = 1;
    private int size;

    Children() {
        runs[0] = new Znode[FIRST_RUN];
    }

    int size() {
        return size;
    }

    void add(Znode child) {
        int run = runFor(child.path);
        int at = isLast(run, child.path) ? sizes[run] : -1 - indexIn(run, child.path);
        assert at >= 0 : child.path;
        if (sizes[run] == RUN_MAX) {
            split(run);
            if (at > sizes[run]) {
                at -= sizes[run];
                run++;
            }
        }
        if (sizes[run] == runs[run].length) {
            runs[run] = Arrays.copyOf(runs[run], Math.min(RUN_MAX, sizes[run] * 2));
        }
        System.arraycopy(runs[run], at, runs[run], at + 1, sizes[run] - at);
        runs[run][at] = child;
        sizes[run]++;
        size++;
    }

    void remove(Znode child) {
        int run = runFor(child.path);
        int at = indexIn(run, child.path);
        assert at >= 0 : child.path;
        sizes[run]--;
        size--;
        System.arraycopy(runs[run], at + 1, runs[run], at, sizes[run] - at);
        runs[run][sizes[run]] = null;
        if (sizes[run] == 0 && runCount > 1) {
            dropRun(run);
        }
    }

    /** The first child whose path is greater than {@code path}, or null. */
    Znode after(String path) {
        int run = runFor(path);
        int at = indexIn(run, path);
        at = at >= 0 ? at + 1 : -1 - at;
        if (at == sizes[run]) {
            run++;
            at = 0;
        }
        return run < runCount && sizes[run] > 0 ? runs[run][at] : null;
    }

    /** The child after {@code child}; {@code place} remembers where that was, so that a walk need not search. */
    Znode after(Znode child, Place place) {
        boolean known = place.run < runCount && place.index < sizes[place.run];
        if (!known || !child.equals(runs[place.run][place.index])) {
            place.run = runFor(child.path);
            place.index = indexIn(place.run, child.path);
            assert place.index >= 0 : child.path;
        }
        place.index++;
        if (place.index == sizes[place.run]) {
            place.run++;
            place.index = 0;
        }
        return place.run < runCount && place.index < sizes[place.run] ? runs[place.run][place.index] : null;
    }

    /** Where a walk over children is. */
    static final class Place {
        private int run;
        private int index;
    }

    Znode first() {
        return size == 0 ? null : runs[0][0];
    }

    List<String> names(int nameOffset) {
        List<String> names = new ArrayList<>(size);
        for (int run = 0; run < runCount; run++) {
            for (int i = 0; i < sizes[run]; i++) {
                names.add(runs[run][i].path.substring(nameOffset));
            }
        }
        return names;
    }

    /** The run that holds {@code path}, or would: the last one that does not begin after it. */
    private int runFor(String path) {
        int low = 0;
        int high = runCount - 1;
        // Names are mostly given in order: by sequences, and in a snapshot.
        if (high > 0 && runs[high][0].path.compareTo(path) <= 0) {
            return high;
        }
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs[middle][0].path.compareTo(path) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private boolean isLast(int run, String path) {
        int size = sizes[run];
        return size > 0 && runs[run][size - 1].path.compareTo(path) < 0;
    }

    private int indexIn(int run, String path) {
        Znode[] nodes = runs[run];
        int low = 0;
        int high = sizes[run] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = nodes[middle].path.compareTo(path);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1 - low;
    }

    /** Splits a full run. A run that grows at its end, as sequential names make it, keeps most of its nodes in front. */
    private void split(int run) {
        boolean last = run == runCount - 1;
        int keep = last ? RUN_MAX - RUN_MAX / 8 : RUN_MAX / 2;
        if (runCount == runs.length) {
            runs = Arrays.copyOf(runs, runCount * 2);
            sizes = Arrays.copyOf(sizes, runCount * 2);
        }
        System.arraycopy(runs, run + 1, runs, run + 2, runCount - run - 1);
        System.arraycopy(sizes, run + 1, sizes, run + 2, runCount - run - 1);
        Znode[] moved = new Znode[RUN_MAX];
        System.arraycopy(runs[run], keep, moved, 0, RUN_MAX - keep);
        Arrays.fill(runs[run], keep, RUN_MAX, null);
        runs[run + 1] = moved;
        sizes[run + 1] = RUN_MAX - keep;
        sizes[run] = keep;
        runCount++;
    }

    private void dropRun(int run) {
        runCount--;
        System.arraycopy(runs, run + 1, runs, run, runCount - run);
        System.arraycopy(sizes, run + 1, sizes, run, runCount - run);
        runs[runCount] = null;
        sizes[runCount] = 0;
    }
}
