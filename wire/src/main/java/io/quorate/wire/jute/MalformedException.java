package io.quorate.wire.jute;

/**
 * Says that bytes from outside cannot be what they claim to be; caught once, where the bytes came in.
 *
 * <p>Carries no stack trace: a peer that sends nonsense must not be able to make us pay for it.
 */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was wrong, for the operator */
    public MalformedException(String message) {
        super(message, null, false, false);
    }
}
