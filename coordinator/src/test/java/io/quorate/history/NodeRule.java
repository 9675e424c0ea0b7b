package io.quorate.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One node's history has an explanation: done in the order of their zxids, the writes answer as they were answered, and every
 * read finds what stood there at the zxid it saw. A write of unknown outcome has its place where somebody read its value. If
 * nobody did, it may have taken place wherever the rest needs it, once, and not before it was asked for; the search for such
 * places is the only one here.
 */
final class NodeRule {

    private static final int UNSEEN_MAX = Long.SIZE;
    private static final Node ABSENT = null;

    /** Not known: the write of unknown outcome that would tell was never read. */
    private static final long UNTOLD = -1;

    /** What the search can come to in several ways: the same from here on, so it is looked at once. */
    private record Position(int index, Node node, long used) {}

    private final List<Operation> operations;
    private final List<String> wrong;
    private final List<Operation> events = new ArrayList<>();
    private final List<Operation> unseen = new ArrayList<>();
    private final Set<Position> failed = new HashSet<>();
    private long[] answeredFrom;
    private int deepest = -1;
    private Node deepestNode;

    NodeRule(List<Operation> operations, List<String> wrong) {
        this.operations = operations;
        this.wrong = wrong;
    }

    void check() {
        int before = wrong.size();
        Map<Long, Node> told = toldStates();
        Map<String, Operation> writers = new HashMap<>();
        for (Operation operation : operations) {
            if (operation.value() != null) {
                writers.put(operation.value(), operation);
            }
        }
        told.values().forEach(node -> checkOrigin(node, writers.get(node.value())));
        if (wrong.size() == before) {
            arrange(told);
            if (!explains(0, ABSENT, 0)) {
                Operation failing = events.get(deepest);
                wrong.add("no explanation for " + failing + " where there was at best " + deepestNode
                        + "; unseen writes: " + unseen + "; before it: "
                        + events.subList(Math.max(0, deepest - 4), deepest));
            }
        }
    }

    /** Every state that anybody was told of, by the zxid of its last change. */
    private Map<Long, Node> toldStates() {
        Map<Long, Node> told = new HashMap<>();
        for (Operation operation : operations) {
            Node node = operation.node();
            Node other = node == null ? null : told.put(node.mzxid(), node);
            if (other != null && !other.equals(node)) {
                wrong.add("two states of one zxid: " + other + " and in " + operation);
            }
        }
        return told;
    }

    private void checkOrigin(Node node, Operation writer) {
        if (writer == null) {
            wrong.add("nobody wrote " + node);
        } else if (writer.outcome() == Outcome.OK && writer.zxid() != node.mzxid()) {
            wrong.add("not at its zxid: " + node + " of " + writer);
        } else if (writer.outcome() != Outcome.OK && writer.outcome() != Outcome.UNKNOWN) {
            wrong.add("was refused and is there: " + node + " of " + writer);
        }
    }

    /** Puts into order what has a zxid, and what of the unknown writes was read. */
    private void arrange(Map<Long, Node> told) {
        Map<String, Node> seen = new HashMap<>();
        told.values().forEach(node -> {
            Node other = seen.put(node.value(), node);
            if (other != null) {
                wrong.add("took place twice: " + other + " and " + node);
            }
        });
        for (Operation operation : operations) {
            if (operation.isAnswered()) {
                events.add(operation);
            } else if (operation.outcome() == Outcome.UNKNOWN
                    && operation.kind().isWrite()) {
                Node node = operation.value() == null ? null : seen.get(operation.value());
                if (node == null) {
                    unseen.add(operation);
                } else {
                    events.add(at(node, operation));
                }
            }
        }
        if (unseen.size() >= UNSEEN_MAX) {
            throw new IllegalArgumentException(unseen.size() + " unknown outcomes on one node are too many to judge");
        }
        events.sort(Comparator.comparingLong(Operation::zxid)
                .thenComparing(event -> event.kind().isRead()));
        answeredFrom = new long[events.size() + 1];
        answeredFrom[events.size()] = Operation.NEVER;
        for (int i = events.size() - 1; i >= 0; i--) {
            answeredFrom[i] = Math.min(answeredFrom[i + 1], events.get(i).returnedNanos());
        }
    }

    private static Operation at(Node node, Operation write) {
        return new Operation(
                write.session(),
                write.kind(),
                write.path(),
                write.value(),
                write.version(),
                write.invokedNanos(),
                Operation.NEVER,
                Outcome.OK,
                node.mzxid(),
                node);
    }

    /**
     * Whether the events from {@code index} on can follow on a node like this; {@code used} has a bit for each unseen write
     * that took place already. What is not needed for the next event is left for later, where it is as possible.
     */
    private boolean explains(int index, Node start, long used) {
        int next = index;
        Node node = start;
        while (next < events.size() && allows(node, events.get(next))) {
            node = after(node, events.get(next));
            next++;
        }
        if (next == events.size()) {
            return true;
        }
        if (next > deepest) {
            deepest = next;
            deepestNode = node;
        }
        if (!failed.add(new Position(next, node, used))) {
            return false;
        }
        for (int i = 0; i < unseen.size(); i++) {
            Operation write = unseen.get(i);
            boolean possible = (used & 1L << i) == 0 && write.invokedNanos() < answeredFrom[next];
            if (possible && allows(node, write) && explains(next, after(node, write), used | 1L << i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the event is answered as it was on a node like this. */
    private static boolean allows(Node node, Operation event) {
        boolean rightVersion = node != null && (event.version() < 0 || event.version() == node.version());
        return switch (event.outcome()) {
            case NODE_EXISTS -> node != null;
            case NO_NODE -> node == null;
            case BAD_VERSION -> node != null && !rightVersion;
            case VOID -> true;
            case OK, UNKNOWN -> switch (event.kind()) {
                case CREATE, CREATE_EPHEMERAL -> node == null && (event.node() == null || isNew(event.node()));
                case SET -> rightVersion && (event.node() == null || isSame(written(node, event), event.node()));
                case DELETE -> rightVersion;
                case READ, FRESH_READ -> isSame(node, event.node());
                case CLOSE, EXPIRED -> true;
            };
        };
    }

    private static boolean isNew(Node node) {
        return node.version() == 0 && node.czxid() == node.mzxid();
    }

    private static Node after(Node node, Operation event) {
        if (event.outcome() != Outcome.OK && event.outcome() != Outcome.UNKNOWN) {
            return node;
        }
        return switch (event.kind()) {
            case CREATE, CREATE_EPHEMERAL -> event.node() != null ? event.node() : written(null, event);
            case SET -> event.node() != null ? event.node() : written(node, event);
            case DELETE -> ABSENT;
            case READ, FRESH_READ -> event.node();
            case CLOSE, EXPIRED -> node;
        };
    }

    /** What a create (on no node) or a set leaves; of an unseen one the zxid is not told. */
    private static Node written(Node node, Operation write) {
        long zxid = write.outcome() == Outcome.OK ? write.zxid() : UNTOLD;
        return node == null
                ? new Node(write.value(), zxid, zxid, 0)
                : new Node(write.value(), node.czxid(), zxid, node.version() + 1);
    }

    private static boolean isSame(Node expected, Node found) {
        if (expected == null || found == null) {
            return Objects.equals(expected, found);
        }
        return expected.value().equals(found.value())
                && expected.version() == found.version()
                && (expected.mzxid() == found.mzxid() || expected.mzxid() == UNTOLD)
                && (expected.czxid() == found.czxid() || expected.czxid() == UNTOLD);
    }
}
