package io.quorate.groups.read;

import io.quorate.wire.proto.ErrorCode;

/** One node of many could not be read, for another reason than that it is missing; the client's own exceptions are about whole requests. */
public final class GroupReadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode error;
    private final String path;

    GroupReadException(String path, ErrorCode error) {
        super(error + " for " + path);
        this.error = error;
        this.path = path;
    }

    /** What the server answered for this node, such as NO_AUTH. */
    public ErrorCode error() {
        return error;
    }

    /** The node, as the client names it. */
    public String path() {
        return path;
    }
}
