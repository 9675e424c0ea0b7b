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

    private static final int MARSHALLING_ERROR = -5;
    private static final int INVALID_ACL = -114;

    /** Decides on one pair of frames; {@code request} is null for notifications. */
    interface Matcher {
        boolean explains(Request request, Seen reference, Seen candidate);
    }

    /** All of them. */
    static final List<DeliberateDifference> ALL = List.of(new DeliberateDifference(
            "nullInAcl",
            "an ACL with a null scheme or id is invalid (-114) whatever its other entries; the reference trips over it while it"
                    + " looks for duplicates, and answers -5",
            (request, reference, candidate) -> request != null
                    && request.text().contains("null")
                    && reference.err() == MARSHALLING_ERROR
                    && candidate.err() == INVALID_ACL));

    static boolean explained(Request request, Seen reference, Seen candidate) {
        return ALL.stream().anyMatch(known -> known.matcher().explains(request, reference, candidate));
    }
}
