package io.quorate.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order of zxids agrees with real time: a write that was acknowledged before another was asked for has the smaller zxid;
 * no read shows what was asked for after its answer; a fresh read shows everything that anybody had been told before. No zxid
 * is used for two writes.
 */
final class OrderRule {

    /** Reads stand behind the write whose zxid they saw last; among themselves they are free. */
    private static final Comparator<Operation> BY_PLACE = Comparator.comparingLong(Operation::zxid)
            .thenComparing(operation -> operation.kind().isRead())
            .thenComparingLong(Operation::invokedNanos);

    private OrderRule() {}

    static void check(List<Operation> all, List<String> wrong) {
        List<Operation> ordered = new ArrayList<>(
                all.stream().filter(OrderRule::hasPlace).sorted(BY_PLACE).toList());
        checkUnique(ordered, wrong);
        Operation first = null;
        for (int i = ordered.size() - 1; i >= 0; i--) {
            Operation operation = ordered.get(i);
            boolean bound = operation.kind() != Kind.READ;
            if (bound && first != null && first.returnedNanos() < operation.invokedNanos()) {
                wrong.add("order against time: " + first + " came later in the order, but was answered before "
                        + operation + " was asked for");
            }
            if (first == null || operation.returnedNanos() < first.returnedNanos()) {
                first = operation;
            }
        }
    }

    private static boolean hasPlace(Operation operation) {
        boolean isKnown = operation.kind().isWrite() || operation.kind().isRead() || operation.kind() == Kind.CLOSE;
        return isKnown && operation.isAnswered();
    }

    private static void checkUnique(List<Operation> ordered, List<String> wrong) {
        Map<Long, Operation> writes = new HashMap<>();
        for (Operation operation : ordered) {
            Operation other = operation.kind().isRead() ? null : writes.put(operation.zxid(), operation);
            if (other != null) {
                wrong.add("zxid used twice: " + other + " and " + operation);
            }
        }
    }
}
