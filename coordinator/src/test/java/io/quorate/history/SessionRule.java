package io.quorate.history;

import java.util.List;

/**
 * A session is answered in its order: no answer shows an older state than one before it, and a write comes after all that was
 * seen before it. A session is over only when it was closed or not heard of for its timeout.
 */
final class SessionRule {

    private SessionRule() {}

    static void check(SessionHistory session, long tickNanos, List<String> wrong) {
        Operation last = null;
        long seen = session.floorZxid();
        for (Operation operation : session.operations()) {
            if (operation.kind() == Kind.EXPIRED) {
                checkEnd(session, last, operation, tickNanos, wrong);
            } else if (operation.isAnswered()) {
                boolean isLate = operation.isDone() ? operation.zxid() <= seen : operation.zxid() < seen;
                if (isLate) {
                    wrong.add(String.format("zxid goes back: 0x%x was seen before %s", seen, operation));
                }
                seen = Math.max(seen, operation.zxid());
                last = operation;
            }
        }
    }

    private static void checkEnd(
            SessionHistory session, Operation last, Operation end, long tickNanos, List<String> wrong) {
        boolean asked = session.operations().stream().anyMatch(operation -> operation.kind() == Kind.CLOSE);
        if (!asked && last != null && end.returnedNanos() - last.invokedNanos() < session.timeoutNanos() - tickNanos) {
            wrong.add("session expired early: " + end + " soon after " + last);
        }
    }
}
