package io.quorate.history;

import java.util.List;

/** An ephemeral node is there from its creation to the end of its session: not a read longer, not a read shorter. */
final class EphemeralRule {

    private EphemeralRule() {}

    static void check(List<Operation> operations, List<SessionHistory> sessions, List<String> wrong) {
        Operation creation = operations.stream()
                .filter(operation -> operation.kind() == Kind.CREATE_EPHEMERAL)
                .findFirst()
                .orElseThrow();
        SessionHistory owner = sessions.stream()
                .filter(session -> session.number() == creation.session())
                .findFirst()
                .orElseThrow();
        List<Operation> reads = operations.stream()
                .filter(operation -> operation.kind().isRead() && operation.isAnswered())
                .toList();
        long createdAt = createdAt(creation, reads);
        for (Operation read : reads) {
            if (read.node() == null) {
                checkAbsence(read, createdAt, owner, wrong);
            } else {
                checkPresence(read, creation, owner, wrong);
            }
        }
        checkNoReturn(reads, createdAt, wrong);
    }

    /** The zxid of the creation, or the largest number if nobody knows that it took place. */
    private static long createdAt(Operation creation, List<Operation> reads) {
        if (creation.outcome() == Outcome.OK) {
            return creation.zxid();
        }
        return reads.stream()
                .filter(read -> read.node() != null)
                .mapToLong(read -> read.node().czxid())
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    private static void checkAbsence(Operation read, long createdAt, SessionHistory owner, List<String> wrong) {
        long aliveUntil = owner.operations().stream()
                .filter(operation -> operation.isAnswered() && operation.kind() != Kind.CLOSE)
                .filter(operation -> operation.kind() != Kind.EXPIRED)
                .mapToLong(Operation::zxid)
                .max()
                .orElse(0);
        if (read.zxid() >= createdAt && read.zxid() <= aliveUntil) {
            wrong.add(String.format("ephemeral gone while its session lives (to 0x%x at least): %s", aliveUntil, read));
        }
    }

    private static void checkPresence(Operation read, Operation creation, SessionHistory owner, List<String> wrong) {
        boolean possible = creation.outcome() == Outcome.OK
                ? creation.zxid() == read.node().czxid()
                : creation.outcome() == Outcome.UNKNOWN;
        if (!possible || !creation.value().equals(read.node().value())) {
            wrong.add("ephemeral is not what was created by " + creation + ": " + read);
        }
        for (Operation end : owner.operations()) {
            boolean closed = end.kind() == Kind.CLOSE && end.outcome() == Outcome.OK && read.zxid() >= end.zxid();
            boolean expired = end.kind() == Kind.EXPIRED
                    && read.kind() == Kind.FRESH_READ
                    && read.invokedNanos() > end.returnedNanos();
            if (closed || expired) {
                wrong.add("ephemeral outlives its session: " + read + " after " + end);
            }
        }
    }

    private static void checkNoReturn(List<Operation> reads, long createdAt, List<String> wrong) {
        long goneAt = reads.stream()
                .filter(read -> read.node() == null && read.zxid() >= createdAt)
                .mapToLong(Operation::zxid)
                .min()
                .orElse(Long.MAX_VALUE);
        reads.stream()
                .filter(read -> read.node() != null && read.zxid() > goneAt)
                .forEach(read -> wrong.add(String.format("ephemeral came back after 0x%x: %s", goneAt, read)));
    }
}
