package io.quorate.wire.client;

import io.quorate.wire.proto.ErrorCode;
import java.util.List;

/**
 * Why a request failed. The class says what most callers need to tell apart; {@link #error()} says everything.
 *
 * <p>Futures fail with it as their cause; it has a stack trace only when it comes out of a {@link SyncClient}.
 */
public class CoordinatorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode error;
    private final String path;
    private final boolean mayHaveBeenExecuted;

    CoordinatorException(ErrorCode error, String path, boolean mayHaveBeenExecuted, String detail) {
        super(error + (path == null ? "" : " for " + path) + (detail.isEmpty() ? "" : ": " + detail));
        this.error = error;
        this.path = path;
        this.mayHaveBeenExecuted = mayHaveBeenExecuted;
    }

    /** The exception for an error that a server answered; nothing was changed. */
    static CoordinatorException of(ErrorCode error, String path) {
        return switch (error) {
            case NO_NODE -> new NoNode(path);
            case NODE_EXISTS -> new NodeExists(path);
            case BAD_VERSION -> new BadVersion(path);
            case NOT_EMPTY -> new NotEmpty(path);
            case NO_AUTH -> new NoAuth(path);
            case SESSION_EXPIRED -> new SessionExpired(path);
            default -> new CoordinatorException(error, path, false, "");
        };
    }

    /** The error of the protocol (client-protocol section 12.1). */
    public ErrorCode error() {
        return error;
    }

    /** The node that was asked about, as this client names it; null if the request was about none. */
    public String path() {
        return path;
    }

    /**
     * Whether nobody can say if the request was carried out: it had been sent, and no answer came. False means that it was
     * certainly not carried out.
     */
    public boolean mayHaveBeenExecuted() {
        return mayHaveBeenExecuted;
    }

    /** Does nothing: where a reply is decoded is of no interest, and expected errors should cost little. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** Takes the stack trace of the caller. */
    CoordinatorException here() {
        super.fillInStackTrace();
        return this;
    }

    /** There is no such node; for create, no parent. */
    public static final class NoNode extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        NoNode(String path) {
            super(ErrorCode.NO_NODE, path, false, "");
        }
    }

    /** There is such a node already. */
    public static final class NodeExists extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        NodeExists(String path) {
            super(ErrorCode.NODE_EXISTS, path, false, "");
        }
    }

    /** The node has another version than the one given. */
    public static final class BadVersion extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        BadVersion(String path) {
            super(ErrorCode.BAD_VERSION, path, false, "");
        }
    }

    /** The node has children. */
    public static final class NotEmpty extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        NotEmpty(String path) {
            super(ErrorCode.NOT_EMPTY, path, false, "");
        }
    }

    /** The identities of this connection do not allow it. */
    public static final class NoAuth extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        NoAuth(String path) {
            super(ErrorCode.NO_AUTH, path, false, "");
        }
    }

    /**
     * The connection was lost before the answer came. What was sent may or may not have been executed; what was not, is not
     * sent later: of the requests made before the loss, some first part was executed, in order, and nothing behind it.
     */
    public static final class ConnectionLoss extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        ConnectionLoss(String path, boolean sent, String detail) {
            super(ErrorCode.CONNECTION_LOSS, path, sent, detail);
        }
    }

    /** No answer came within the operation timeout. */
    public static final class OperationTimeout extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        OperationTimeout(String path, boolean sent, String detail) {
            super(ErrorCode.OPERATION_TIMEOUT, path, sent, detail);
        }
    }

    /** The session is over; the request was not executed. The client is of no more use. */
    public static final class SessionExpired extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        SessionExpired(String path) {
            super(ErrorCode.SESSION_EXPIRED, path, false, "");
        }
    }

    /** A server refused credentials; the client is of no more use. */
    public static final class AuthFailed extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        AuthFailed(String path, boolean sent) {
            super(ErrorCode.AUTH_FAILED, path, sent, "");
        }
    }

    /** The client was closed or abandoned before there was an answer; {@link #error()} is CONNECTION_LOSS. */
    public static final class ClientClosed extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        ClientClosed(String path, boolean sent) {
            super(ErrorCode.CONNECTION_LOSS, path, sent, "client is closed");
        }
    }

    /**
     * As many requests as the client allows have no answer yet; this one was not sent. {@link #error()} is THROTTLED_OP.
     * Wait for {@link CoordinatorClient#whenReady()}.
     */
    public static final class TooManyRequests extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        TooManyRequests(String path, int outstandingMax) {
            super(ErrorCode.THROTTLED_OP, path, false, outstandingMax + " requests are outstanding");
        }
    }

    /** One part of a multi failed, and therefore all of it; error and path are those of that part. */
    public static final class MultiFailed extends CoordinatorException {
        private static final long serialVersionUID = 1L;

        private final int index;
        private final transient List<OpResult> results;

        MultiFailed(int index, String path, List<OpResult> results) {
            super(results.get(index).error(), path, false, "part " + index + " of " + results.size());
            this.index = index;
            this.results = results;
        }

        /** Which part failed, counted from 0. */
        public int index() {
            return index;
        }

        /** One result for each part, in order. */
        public List<OpResult> results() {
            return results;
        }
    }
}
