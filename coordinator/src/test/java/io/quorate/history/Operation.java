package io.quorate.history;

/**
 * One request as its client knows it.
 *
 * @param session number of the session in the history
 * @param value what a create or set writes, different from all others in the history; else null
 * @param version what version a set or delete asks for, -1 for any
 * @param invokedNanos monotonic time just before it was sent
 * @param returnedNanos monotonic time just after its answer came, {@link #NEVER} if none did
 * @param zxid what the answer's header says, 0 if there is none
 * @param node what a read found, or the state that a create or set was told it left; null if nothing
 */
public record Operation(
        int session,
        Kind kind,
        String path,
        String value,
        int version,
        long invokedNanos,
        long returnedNanos,
        Outcome outcome,
        long zxid,
        Node node) {

    /** The time of an answer that did not come. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Whether the client was told something that depends on the state of the tree. */
    boolean isAnswered() {
        return outcome != Outcome.UNKNOWN && outcome != Outcome.VOID;
    }

    /** True of a write that was told to have taken place. */
    boolean isDone() {
        return kind.isWrite() && outcome == Outcome.OK;
    }

    /** The same, asked for as something else. */
    public Operation as(Kind other) {
        return new Operation(session, other, path, value, version, invokedNanos, returnedNanos, outcome, zxid, node);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder()
                .append("session ")
                .append(session)
                .append(' ')
                .append(kind)
                .append(' ')
                .append(path);
        if (value != null) {
            text.append(" = ").append(value);
        }
        if (version >= 0) {
            text.append(" at version ").append(version);
        }
        return text.append(": ")
                .append(outcome)
                .append(String.format(" zxid 0x%x ", zxid))
                .append(node == null ? "" : node + " ")
                .append(String.format("(%.6f to ", invokedNanos / 1e9))
                .append(returnedNanos == NEVER ? "?)" : String.format("%.6f)", returnedNanos / 1e9))
                .toString();
    }
}
