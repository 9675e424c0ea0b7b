package io.quorate.coordinator.log;

/** The log lacks transactions that it provably held, or does not reach back to the snapshot it is replayed onto. */
public final class LogDamagedException extends LogException {

    private static final long serialVersionUID = 1;

    /** {@code message} says which transactions are missing and where. */
    public LogDamagedException(String message) {
        super(message);
    }
}
