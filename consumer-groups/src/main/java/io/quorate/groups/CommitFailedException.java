package io.quorate.groups;

/** Offsets were not committed: the partition is not owned any more, or somebody else has moved its offset. */
public final class CommitFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommitFailedException(String message) {
        super(message);
    }
}
