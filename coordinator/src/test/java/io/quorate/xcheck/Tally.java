package io.quorate.xcheck;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** Counts which operations were answered with which error codes, to show what a run has really exercised. */
final class Tally {

    private static final int ERR_OFFSET = 12;
    private static final int EVENT_TYPE_OFFSET = 16;
    private static final int RESULT_ERR_OFFSET = 21;

    private final Map<String, Integer> counts = new TreeMap<>();

    /** Counts one reply; {@code request} is null for a notification. */
    void count(Request request, byte[] frame) {
        if (frame.length < EVENT_TYPE_OFFSET) {
            return;
        }
        ByteBuffer in = ByteBuffer.wrap(frame);
        if (Layouts.isEvent(frame)) {
            add("event " + in.getInt(EVENT_TYPE_OFFSET));
        } else if (request != null) {
            add(Op.name(request.type()) + " " + in.getInt(ERR_OFFSET));
            firstFailure(request, in);
        }
    }

    /** In a failed multi the first result that is neither 0 nor -2 is the reason. */
    private void firstFailure(Request request, ByteBuffer in) {
        boolean multi = request.type() == Op.MULTI && in.getInt(ERR_OFFSET) == 0;
        if (!multi || in.limit() < RESULT_ERR_OFFSET + 2 * Integer.BYTES || in.getInt(EVENT_TYPE_OFFSET) != -1) {
            return;
        }
        int at = EVENT_TYPE_OFFSET;
        while (at + 13 <= in.limit()) {
            int err = in.getInt(at + 5);
            if (err != 0) {
                add("multi failed " + err);
                return;
            }
            at += 13;
        }
    }

    private void add(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    int of(String what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
