package io.quorate.wire.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Owns the settings of clients to be. Reusable: every {@link #connect()} makes another client, with a session of its own.
 * Not safe for use by several threads.
 */
public final class ClientBuilder {
    /** What {@link #sessionTimeout} is if nothing is said. */
    public static final Duration SESSION_TIMEOUT_DEFAULT = Duration.ofSeconds(30);

    /** What {@link #operationTimeout} is if nothing is said. */
    public static final Duration OPERATION_TIMEOUT_DEFAULT = Duration.ofSeconds(60);

    /** What {@link #closeTimeout} is if nothing is said. */
    public static final Duration CLOSE_TIMEOUT_DEFAULT = Duration.ofSeconds(5);

    /** What {@link #outstandingMax} is if nothing is said. */
    public static final int OUTSTANDING_MAX_DEFAULT = 10_000;

    /** What {@link #requestBytesMax} is if nothing is said: what servers take if they are not told otherwise. */
    public static final int REQUEST_BYTES_MAX_DEFAULT = 0xfffff;

    /** What {@link #replyBytesMax} is if nothing is said. */
    public static final int REPLY_BYTES_MAX_DEFAULT = 64 << 20;

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private final ConnectString connectString;
    private final List<Credentials> credentials = new ArrayList<>();
    private Duration sessionTimeout = SESSION_TIMEOUT_DEFAULT;
    private Duration operationTimeout = OPERATION_TIMEOUT_DEFAULT;
    private Duration closeTimeout = CLOSE_TIMEOUT_DEFAULT;
    private int outstandingMax = OUTSTANDING_MAX_DEFAULT;
    private int requestBytesMax = REQUEST_BYTES_MAX_DEFAULT;
    private int replyBytesMax = REPLY_BYTES_MAX_DEFAULT;
    private boolean readOnly;
    private Session resumed;
    private SessionListener listener = (event, reason) -> {};
    private Executor callbacks;
    private NettyLoops eventLoops;
    private ClientTraffic traffic = new ClientTraffic();

    ClientBuilder(ConnectString connectString) {
        this.connectString = connectString;
    }

    /** Another builder with the settings that this one has now. */
    public ClientBuilder copy() {
        return copy(connectString);
    }

    /** Another builder with these settings, for clients that see the whole tree of the servers, not only a part of it. */
    public ClientBuilder copyWithoutChroot() {
        return copy(new ConnectString(connectString.hosts(), Chroot.NONE));
    }

    private ClientBuilder copy(ConnectString to) {
        ClientBuilder copy = new ClientBuilder(to);
        copy.credentials.addAll(credentials);
        copy.sessionTimeout = sessionTimeout;
        copy.operationTimeout = operationTimeout;
        copy.closeTimeout = closeTimeout;
        copy.outstandingMax = outstandingMax;
        copy.requestBytesMax = requestBytesMax;
        copy.replyBytesMax = replyBytesMax;
        copy.readOnly = readOnly;
        copy.resumed = resumed;
        copy.listener = listener;
        copy.callbacks = callbacks;
        copy.eventLoops = eventLoops;
        copy.traffic = traffic;
        return copy;
    }

    /** Where the tree of these clients begins on the servers; "/" if they see all of it. */
    public String chroot() {
        return connectString.chroot().prefix().isEmpty()
                ? "/"
                : connectString.chroot().prefix();
    }

    /** The session timeout to ask for, at least a millisecond; servers keep it within bounds of their own. */
    public ClientBuilder sessionTimeout(Duration timeout) {
        sessionTimeout = positive(timeout);
        return this;
    }

    /**
     * How long after its submission a request may at most be without an answer, waiting for a connection included. Then its
     * future fails with {@link CoordinatorException.OperationTimeout}.
     */
    public ClientBuilder operationTimeout(Duration timeout) {
        operationTimeout = positive(timeout);
        return this;
    }

    /** How long closing may take: what was submitted is sent, answered, and the session ended. */
    public ClientBuilder closeTimeout(Duration timeout) {
        closeTimeout = positive(timeout);
        return this;
    }

    /** How many requests may be without an answer at a time; one more fails at once and is not sent. */
    public ClientBuilder outstandingMax(int requests) {
        outstandingMax = positive(requests);
        return this;
    }

    /** The longest request in bytes, as the servers' {@code jute.maxbuffer}; a longer one fails at once and is not sent. */
    public ClientBuilder requestBytesMax(int bytes) {
        requestBytesMax = positive(bytes);
        return this;
    }

    /** The longest reply in bytes; a server that sends a longer one is left. */
    public ClientBuilder replyBytesMax(int bytes) {
        replyBytesMax = positive(bytes);
        return this;
    }

    /**
     * Whether a server without a quorum will do for reading.
     *
     * <p>A client that has found such a server ({@link SessionEvent#CONNECTED_READ_ONLY}) stays with it as long as the
     * connection holds. Unlike ZooKeeper's own client it does not look for one that takes writes meanwhile: who needs that
     * must make another client. A session that a read-only server made is known to no other; the next server, if it takes
     * writes, makes a new one, with which the client goes on. That is told as {@link SessionEvent#CONNECTED}, without
     * {@link SessionEvent#EXPIRED} before it, and {@link CoordinatorClient#session} then gives another id; watches are set
     * again, and ephemeral nodes there were none.
     */
    public ClientBuilder readOnly(boolean allowed) {
        readOnly = allowed;
        return this;
    }

    /** Adds credentials that every connection presents first; for {@code digest}, {@code user:password} in UTF-8. */
    public ClientBuilder auth(String scheme, byte[] auth) {
        credentials.add(new Credentials(scheme, auth));
        return this;
    }

    /** Takes over this session instead of asking for a new one, null for that; if it is over by then, the client expires at once. */
    public ClientBuilder resume(Session session) {
        resumed = session;
        return this;
    }

    /** Who is told about the session; at most one. */
    public ClientBuilder listener(SessionListener told) {
        listener = told;
        return this;
    }

    /**
     * What runs callbacks: listeners, watchers, and the completion of futures. It must run one task at a time, in the order
     * given; {@code Runnable::run} is allowed, and then callbacks must not wait for anything at all. Without this each client
     * has a thread of its own. The executor is not shut down; should it refuse a task, the event loop runs that.
     *
     * <p>No task of this executor may wait for an answer of the client, be it a callback or not: the answer is told behind it.
     */
    public ClientBuilder callbacks(Executor executor) {
        callbacks = executor;
        return this;
    }

    /**
     * Event loops that these clients share with others. Without this each client has one of its own, which ends with it; shared
     * ones are not ended.
     */
    public ClientBuilder eventLoops(NettyLoops shared) {
        eventLoops = shared;
        return this;
    }

    /** What counts the requests and events of these clients. */
    public ClientBuilder traffic(ClientTraffic counted) {
        traffic = counted;
        return this;
    }

    /** Starts a client with these settings. It connects in the background; requests can be made at once. */
    public CoordinatorClient connect() {
        return new CoordinatorClient(new ClientSettings(
                connectString,
                sessionTimeout,
                operationTimeout,
                closeTimeout,
                outstandingMax,
                requestBytesMax,
                replyBytesMax,
                readOnly,
                List.copyOf(credentials),
                resumed,
                listener,
                callbacks,
                eventLoops,
                traffic));
    }

    /** Who says "for ever" with a very long time gets ten years, which deadlines can still be counted with. */
    private static Duration positive(Duration duration) {
        if (duration.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("not even a millisecond: " + duration);
        }
        return duration.compareTo(LONGEST) > 0 ? LONGEST : duration;
    }

    private static int positive(int number) {
        if (number <= 0) {
            throw new IllegalArgumentException("not positive: " + number);
        }
        return number;
    }
}
