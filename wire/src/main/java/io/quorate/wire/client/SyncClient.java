package io.quorate.wire.client;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ClientInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The face of a {@link CoordinatorClient} whose methods wait for the answer. They mean what the methods of the same name there
 * mean, and throw the {@link CoordinatorException} with which the future would fail. With too many requests outstanding they
 * wait for room first.
 *
 * <p>An interrupt ends the waiting: the thread stays interrupted, and {@link CoordinatorException.OperationTimeout} is thrown.
 * Called from a callback of the same client, which would wait forever, they throw {@link IllegalStateException}. Called from
 * another task of an executor that runs the callbacks ({@link ClientBuilder#callbacks}), or from a callback of a client with
 * the same executor, they wait in vain as well, because the answer is queued behind them; that cannot be told in advance, so
 * they wait no longer than the operation timeout and {@link #GRACE}, and throw {@link CoordinatorException.OperationTimeout}
 * then. The answer may have come all the same.
 *
 * <p>Safe for use by any number of threads.
 */
public final class SyncClient {
    /** How long after the operation timeout callbacks may take to tell the outcome. */
    static final Duration GRACE = Duration.ofSeconds(2);

    private final CoordinatorClient client;
    private final long waitMillis;

    SyncClient(CoordinatorClient client, Duration operationTimeout) {
        this.client = client;
        this.waitMillis = operationTimeout.plus(GRACE).toMillis();
    }

    /**
     * Waits until a server has confirmed the session for the first time, as long as that takes; only then the time counts in
     * which callbacks must tell it.
     */
    public Session awaitConnected() {
        client.checkMayWait();
        CompletableFuture<Session> connected = client.whenConnected();
        while (true) {
            boolean toldSoon = client.isDecided();
            try {
                return waitFor(null, connected, false);
            } catch (CoordinatorException.OperationTimeout e) {
                if (toldSoon || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    /** Creates a node that everybody may use. */
    public Created create(String path, byte[] data, CreateMode mode) {
        return await(path, () -> client.create(path, data, mode));
    }

    /** Creates a node. */
    public Created create(String path, byte[] data, List<Acl> acl, CreateMode mode) {
        return await(path, () -> client.create(path, data, acl, mode));
    }

    /** Creates a node with a time to live. */
    public Created createTtl(String path, byte[] data, List<Acl> acl, CreateMode mode, long ttlMillis) {
        return await(path, () -> client.createTtl(path, data, acl, mode, ttlMillis));
    }

    /** Deletes a node. */
    public long delete(String path, int version) {
        return await(path, () -> client.delete(path, version));
    }

    /** Asks whether there is such a node. */
    public NodeStat exists(String path) {
        return await(path, () -> client.exists(path));
    }

    /** Asks whether there is such a node, and watches it once. */
    public NodeStat exists(String path, Watcher watcher) {
        return await(path, () -> client.exists(path, watcher));
    }

    /** Reads data and Stat of a node. */
    public NodeData getData(String path) {
        return await(path, () -> client.getData(path));
    }

    /** Reads data and Stat of a node, and watches it once. */
    public NodeData getData(String path, Watcher watcher) {
        return await(path, () -> client.getData(path, watcher));
    }

    /** Replaces the data of a node. */
    public NodeStat setData(String path, byte[] data, int version) {
        return await(path, () -> client.setData(path, data, version));
    }

    /** Reads who may do what with a node. */
    public NodeAcl getAcl(String path) {
        return await(path, () -> client.getAcl(path));
    }

    /** Replaces who may do what with a node. */
    public NodeStat setAcl(String path, List<Acl> acl, int version) {
        return await(path, () -> client.setAcl(path, acl, version));
    }

    /** Lists the children of a node. */
    public Children getChildren(String path) {
        return await(path, () -> client.getChildren(path));
    }

    /** Lists the children of a node, and watches the list once. */
    public Children getChildren(String path, Watcher watcher) {
        return await(path, () -> client.getChildren(path, watcher));
    }

    /** Counts all descendants of a node. */
    public int getAllChildrenNumber(String path) {
        return await(path, () -> client.getAllChildrenNumber(path));
    }

    /** Lists the ephemeral nodes of this session. */
    public List<String> getEphemerals(String prefix) {
        return await(prefix, () -> client.getEphemerals(prefix));
    }

    /** Lets the server catch up. */
    public long sync(String path) {
        return await(path, () -> client.sync(path));
    }

    /** Carries out all parts in one transaction, or none. */
    public MultiOutcome multi(List<WriteOp> ops) {
        return await(null, () -> client.multi(ops));
    }

    /** Carries out all reads at one moment. */
    public MultiOutcome multiRead(List<ReadOp> ops) {
        return await(null, () -> client.multiRead(ops));
    }

    /** Watches a node until the watch is removed. */
    public long addWatch(String path, AddWatchMode mode, Watcher watcher) {
        return await(path, () -> client.addWatch(path, mode, watcher));
    }

    /** Removes all watches of a type. */
    public void removeWatches(String path, WatcherType type) {
        await(path, () -> client.removeWatches(path, type));
    }

    /** Removes the watches of a type that this watcher has. */
    public void removeWatches(String path, WatcherType type, Watcher watcher) {
        await(path, () -> client.removeWatches(path, type, watcher));
    }

    /** Lists the identities of the connection. */
    public List<ClientInfo> whoAmI() {
        return await(null, client::whoAmI);
    }

    /** Presents credentials. */
    public void addAuth(String scheme, byte[] auth) {
        await(null, () -> client.addAuth(scheme, auth));
    }

    /** Changes the membership of the ensemble. */
    public NodeData reconfig(String joining, String leaving, String newMembers, long configVersion) {
        return await(null, () -> client.reconfig(joining, leaving, newMembers, configVersion));
    }

    /** Reads the configuration of the ensemble. */
    public NodeData getConfig() {
        return await(null, () -> client.getConfig());
    }

    /** Reads the configuration of the ensemble, and watches it once. */
    public NodeData getConfig(Watcher watcher) {
        return await(null, () -> client.getConfig(watcher));
    }

    private <T> T await(String path, Supplier<CompletableFuture<T>> request) {
        client.checkMayWait();
        while (true) {
            try {
                return waitFor(path, request.get(), true);
            } catch (CoordinatorException.TooManyRequests e) {
                waitFor(path, client.whenReady(), false);
            }
        }
    }

    private <T> T waitFor(String path, CompletableFuture<T> future, boolean sent) {
        try {
            return future.get(waitMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CoordinatorException.OperationTimeout(path, sent, "no outcome was told").here();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CoordinatorException.OperationTimeout(path, sent, "interrupted").here();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof CoordinatorException failure) {
                throw failure.here();
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
