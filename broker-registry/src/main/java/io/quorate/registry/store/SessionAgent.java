package io.quorate.registry.store;

import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.ReadOp;
import io.quorate.wire.client.SessionEvent;
import io.quorate.wire.proto.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, and one session after another: runs everything that a member or a cache decides, gives it time, and opens a new
 * session when it is asked to. What happens on the thread is never concurrent with anything else on it.
 */
public final class SessionAgent implements Timers, AutoCloseable {
    /** Whose sessions these are; called on the agent's thread. */
    public interface Owner {
        /** A session is there. */
        void onSession(Tree tree);

        /** It has a connection again. */
        void onConnected();

        /**
         * It has none.
         *
         * @param untilSuspectMillis so long, and then for two thirds of the session timeout no server has answered
         */
        void onDisconnected(long untilSuspectMillis);

        /** It is over; {@link SessionAgent#openSession} opens another one. */
        void onExpired();

        /** No session can be had that is of any use: credentials were refused, or the server is too old. */
        void onFailed(String reason);

        /** Something does not work that an operator should know. */
        void onTrouble(String what);
    }

    private static final Logger LOG = LoggerFactory.getLogger(SessionAgent.class);

    private static final String TOO_OLD =
            "the server knows neither multi-reads nor persistent watches: the registry needs Quorate, or ZooKeeper 3.6 or newer";

    /** Requests that wait for a connection are given up with their session, not before. */
    private static final Duration OPERATION_TIMEOUT = Duration.ofHours(1);

    private final ClientBuilder builder;
    private final AclPolicy acls;
    private final ScheduledThreadPoolExecutor thread;
    private volatile Thread runner;
    private Owner owner;
    private CoordinatorClient client;
    private ClientTree tree;
    private int sessions;
    private boolean isUseless;
    private boolean isClosing;
    private final AtomicReference<CompletableFuture<Void>> closed = new AtomicReference<>();

    /**
     * An agent without a session.
     *
     * @param builder describes the sessions as it is now; listener, callbacks and operation timeout are the agent's
     */
    public SessionAgent(String name, ClientBuilder builder, AclPolicy acls) {
        this.builder = builder.copy();
        this.acls = acls;
        thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread made = new Thread(task, name);
            made.setDaemon(true);
            runner = made;
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
    }

    /** Who is told; once, before the first session is opened. */
    public void owner(Owner told) {
        owner = told;
    }

    /** Opens a session; on the agent's thread. The one before is over. */
    public void openSession() {
        if (isClosing) {
            return;
        }
        if (client != null) {
            // The old client has ended; what is left of it are its threads.
            CompletableFuture<Void> unused = client.closeAsync();
        }
        tree = null;
        sessions++;
        client = builder.callbacks(thread)
                .operationTimeout(OPERATION_TIMEOUT)
                .listener(this::onSessionEvent)
                .connect();
        builder.resume(null);
    }

    private void onSessionEvent(SessionEvent event, String reason) {
        LOG.info("{}: {}", event, reason);
        if (isClosing) {
            return;
        }
        switch (event) {
            case CONNECTED -> onConnected();
            case DISCONNECTED -> {
                if (tree != null) {
                    owner.onDisconnected(untilSuspectMillis());
                }
            }
            case EXPIRED -> {
                drop();
                owner.onExpired();
            }
            case AUTH_FAILED -> {
                drop();
                owner.onFailed(reason);
            }
            case CONNECTED_READ_ONLY, CLOSED -> {
                // Nothing can be written there; or we closed it ourselves.
            }
        }
    }

    /** Nothing if the server fell silent: by the time that it is given up, two thirds have passed (registry spec 4.4). */
    private long untilSuspectMillis() {
        long leftMillis = TimeUnit.NANOSECONDS.toMillis(client.sessionDeadline() - System.nanoTime());
        return Math.max(0, leftMillis - client.sessionTimeout().toMillis() / 3);
    }

    private void onConnected() {
        if (tree != null) {
            owner.onConnected();
        } else if (!isUseless) {
            // The server of a later session may be behind the one of the session before: what was seen must not be
            // unseen.
            beginAfter(sessions == 1 ? client.multiRead(List.of(ReadOp.getData("/"))) : client.sync("/"));
        }
    }

    /**
     * Begins when this is answered. A server that does not know multi-reads says so and hangs up (ZooKeeper before 3.6, which
     * knows no persistent watches either): whoever began there would have to begin anew with each next connection, for ever.
     */
    private void beginAfter(CompletableFuture<?> first) {
        CoordinatorClient asked = client;
        var unused = first.whenComplete((any, failure) -> {
            if (!asked.equals(client) || tree != null || isClosing) {
                return;
            }
            if (failure != null && isUnknown(failure)) {
                isUseless = true;
                owner.onFailed(TOO_OLD);
            } else if (failure == null || (asked.isConnected() && !isLost(failure))) {
                begin();
            }
        });
    }

    private static boolean isUnknown(Throwable failure) {
        return Failures.cause(failure) instanceof CoordinatorException refused
                && refused.error() == ErrorCode.UNIMPLEMENTED;
    }

    /** Then this is repeated when there is a connection; a server that refuses to catch up for another reason is taken as it is. */
    private static boolean isLost(Throwable failure) {
        return Failures.cause(failure) instanceof CoordinatorException.ConnectionLoss;
    }

    private void begin() {
        tree = new ClientTree(client, acls, thread, owner::onTrouble);
        owner.onSession(tree);
    }

    /**
     * Creates the node at which this tree begins, and those above it, through a client that sees them. Gives null, or why that
     * cannot be; on the agent's thread.
     */
    public CompletableFuture<String> createChroot() {
        return Chroots.create(builder.copyWithoutChroot().callbacks(thread), builder.chroot(), acls);
    }

    private void drop() {
        if (tree != null) {
            tree.close();
            tree = null;
        }
    }

    /** The client of the session there is; null before the first. On the agent's thread. */
    public CoordinatorClient client() {
        return client;
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public void after(long delayMillis, Runnable task) {
        try {
            var unused = thread.schedule(() -> carryOut(task), delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("nothing is due any more: the agent has ended");
        }
    }

    private static void carryOut(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.error("a task failed", e);
            throw e;
        }
    }

    /**
     * Ends the session, with all its nodes, and then the thread. The second time it only tells when that is done.
     *
     * @param last runs first, on the agent's thread
     */
    public CompletableFuture<Void> closeAsync(Runnable last) {
        return closeOnce(last, CoordinatorClient::closeAsync);
    }

    /**
     * Ends the thread and leaves the session to its timeout, as if the process had died.
     *
     * @param last runs first, on the agent's thread
     */
    public CompletableFuture<Void> abandonAsync(Runnable last) {
        return closeOnce(last, CoordinatorClient::abandon);
    }

    private CompletableFuture<Void> closeOnce(Runnable last, Function<CoordinatorClient, CompletableFuture<Void>> how) {
        CompletableFuture<Void> first = new CompletableFuture<>();
        if (closed.compareAndSet(null, first)) {
            var unused = end(last, how).whenComplete((done, failure) -> {
                if (failure == null) {
                    first.complete(null);
                } else {
                    first.completeExceptionally(failure);
                }
            });
        }
        return closed.get();
    }

    private CompletableFuture<Void> end(Runnable last, Function<CoordinatorClient, CompletableFuture<Void>> how) {
        Runnable end = () -> {
            isClosing = true;
            last.run();
            drop();
        };
        return CompletableFuture.runAsync(end, thread)
                .thenCompose(done -> client == null ? CompletableFuture.completedFuture(null) : how.apply(client))
                .whenComplete((done, failure) -> thread.shutdown());
    }

    @Override
    public void close() {
        await(closeAsync(() -> {}));
    }

    /** Waits for the end that {@link #closeAsync} gives; not on the agent's thread, which has yet to bring it about. */
    public void await(CompletableFuture<Void> end) {
        if (Thread.currentThread() != runner) {
            end.join();
        }
    }
}
