package io.quorate.xcheck;

import java.util.List;

/**
 * One place where the candidate answers otherwise than the reference on purpose. The list is complete: any other difference
 * fails a run. Each entry is also documented in {@code docs/notes}.
 *
 * @param reason why we differ, for people
 * @param matcher whether a pair of replies is this difference and nothing else
 */
record DeliberateDifference(String name, String reason, Matcher matcher) {

    /** Decides on one pair of frames; {@code request} is null for notifications. */
    interface Matcher {
        boolean explains(Request request, Seen reference, Seen candidate);
    }

    /** All of them; none is needed so far. */
    static final List<DeliberateDifference> ALL = List.of();

    static boolean explained(Request request, Seen reference, Seen candidate) {
        return ALL.stream().anyMatch(known -> known.matcher().explains(request, reference, candidate));
    }
}
