package io.quorate.wire.client;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ClientInfo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A client of a coordinator, ours or any other server of the ZooKeeper 3.9 protocol: one session, kept over as many
 * connections as it takes.
 *
 * <p><b>Order.</b> Requests are sent, executed and answered in the order of submission, without waiting for each other's
 * replies. Listeners, watchers and futures are served one after another by the client's callback executor, in the order in
 * which the server spoke: a watch event comes before the reply that already shows the change. A callback must not wait for a
 * reply of the same client.
 *
 * <p><b>Failure.</b> Futures fail with a {@link CoordinatorException} (for the stages that depend on them, as the cause of a
 * {@link java.util.concurrent.CompletionException}); nothing is thrown. While there is no connection, requests wait for one.
 * When an established connection breaks, what was submitted before fails with {@link CoordinatorException.ConnectionLoss}
 * and is never sent again: the caller knows whether a repetition is safe. A session that has expired stays so; make another
 * client from the same builder.
 *
 * <p><b>Limits.</b> At most {@link ClientBuilder#outstandingMax} requests are without an answer, one more fails with
 * {@link CoordinatorException.TooManyRequests}; {@link #whenReady()} says when there is room.
 *
 * <p><b>Paths</b> are those of the client, below its chroot. A watcher argument must not be null. Arrays are not copied:
 * leave them alone until the answer is there.
 *
 * <p>Safe for use by any number of threads.
 */
public final class CoordinatorClient implements AutoCloseable {
    private final Calls calls;
    private final NettyTransport transport;
    private final SyncClient sync;

    CoordinatorClient(ClientSettings settings) {
        calls = new Calls(settings.connectString().chroot(), settings.requestBytesMax());
        transport = new NettyTransport(settings);
        sync = new SyncClient(this, settings.operationTimeout());
        transport.start();
    }

    /**
     * Starts to describe a client.
     *
     * @param connectString {@code host:port,host:port/chroot}; servers, and all the
     *     addresses of their names, are tried in random order; names are looked up again in every round
     * @throws IllegalArgumentException with the reason, if it is not of that form
     */
    public static ClientBuilder builder(String connectString) {
        return new ClientBuilder(ConnectString.parse(connectString));
    }

    /** The same client with methods that wait and throw. */
    public SyncClient sync() {
        return sync;
    }

    /** Creates a node that everybody may use; {@code data} may be null. */
    public CompletableFuture<Created> create(String path, byte[] data, CreateMode mode) {
        return create(path, data, Acl.OPEN_UNSAFE, mode);
    }

    /** Creates a node; {@code data} may be null, the mode is one without a time to live. */
    public CompletableFuture<Created> create(String path, byte[] data, List<Acl> acl, CreateMode mode) {
        return submit(path, () -> calls.create(path, data, acl, mode));
    }

    /**
     * Creates a node that the server deletes when it has no children and was not changed for a while.
     *
     * @param mode one with a time to live
     * @param ttlMillis 1 to 2^40 − 1
     */
    public CompletableFuture<Created> createTtl(
            String path, byte[] data, List<Acl> acl, CreateMode mode, long ttlMillis) {
        return submit(path, () -> calls.createTtl(path, data, acl, mode, ttlMillis));
    }

    /** Deletes a node if it has this version, -1 for any; gives the zxid of the transaction. */
    public CompletableFuture<Long> delete(String path, int version) {
        return submit(path, () -> calls.delete(path, version));
    }

    /** Asks whether there is such a node. A missing one is no failure: see {@link NodeStat#exists()}. */
    public CompletableFuture<NodeStat> exists(String path) {
        return submit(path, () -> calls.exists(path, null));
    }

    /** As {@link #exists(String)}; the watcher is told once of the next creation, deletion or change of data. */
    public CompletableFuture<NodeStat> exists(String path, Watcher watcher) {
        return submit(path, () -> calls.exists(path, watcher));
    }

    /** Reads data and Stat of a node. */
    public CompletableFuture<NodeData> getData(String path) {
        return submit(path, () -> calls.getData(path, null));
    }

    /** As {@link #getData(String)}; unless this fails, the watcher is told once of the next deletion or change of data. */
    public CompletableFuture<NodeData> getData(String path, Watcher watcher) {
        return submit(path, () -> calls.getData(path, watcher));
    }

    /** Replaces the data of a node if it has this version, -1 for any. */
    public CompletableFuture<NodeStat> setData(String path, byte[] data, int version) {
        return submit(path, () -> calls.setData(path, data, version));
    }

    /** Reads who may do what with a node. */
    public CompletableFuture<NodeAcl> getAcl(String path) {
        return submit(path, () -> calls.getAcl(path));
    }

    /** Replaces who may do what with a node if its list has this version ({@code Stat.aversion}), -1 for any. */
    public CompletableFuture<NodeStat> setAcl(String path, List<Acl> acl, int version) {
        return submit(path, () -> calls.setAcl(path, acl, version));
    }

    /** Lists the children of a node. */
    public CompletableFuture<Children> getChildren(String path) {
        return submit(path, () -> calls.getChildren(path, null));
    }

    /**
     * As {@link #getChildren(String)}; unless this fails, the watcher is told once when the node is deleted, or the next time
     * a child is created or deleted.
     */
    public CompletableFuture<Children> getChildren(String path, Watcher watcher) {
        return submit(path, () -> calls.getChildren(path, watcher));
    }

    /** Counts all descendants of a node. */
    public CompletableFuture<Integer> getAllChildrenNumber(String path) {
        return submit(path, () -> calls.getAllChildrenNumber(path));
    }

    /** Lists the ephemeral nodes of this session whose path begins with {@code prefix}, as a string; "/" for all. */
    public CompletableFuture<List<String>> getEphemerals(String prefix) {
        return submit(prefix, () -> calls.getEphemerals(prefix));
    }

    /**
     * Lets the server catch up: reads submitted afterwards see everything that was committed before this. Gives the zxid up
     * to which the server has come. The path plays no role.
     */
    public CompletableFuture<Long> sync(String path) {
        return submit(path, () -> calls.sync(path));
    }

    /** Carries out all parts in one transaction, or none: fails with {@link CoordinatorException.MultiFailed} then. */
    public CompletableFuture<MultiOutcome> multi(List<WriteOp> ops) {
        return submit(null, () -> calls.multi(ops));
    }

    /** Carries out all reads at one moment; each has a result, or an error, of its own. */
    public CompletableFuture<MultiOutcome> multiRead(List<ReadOp> ops) {
        return submit(null, () -> calls.multiRead(ops));
    }

    /**
     * Watches a node, existing or not, until {@link #removeWatches} or the end of the session. After a lost connection the
     * watch is set again, but what changed meanwhile is not reported: on {@link SessionEvent#CONNECTED}, read again.
     * Gives the zxid up to which the server had come.
     */
    public CompletableFuture<Long> addWatch(String path, AddWatchMode mode, Watcher watcher) {
        return submit(path, () -> calls.addWatch(path, mode, watcher));
    }

    /**
     * Removes all watches of this client on a path that are of this type. Their watchers are told, before this completes;
     * fails with error NO_WATCHER if the server knows none.
     */
    public CompletableFuture<Void> removeWatches(String path, WatcherType type) {
        return submit(path, () -> calls.removeWatches(path, type, null));
    }

    /** As {@link #removeWatches(String, WatcherType)}, but leaves alone what other watchers registered. */
    public CompletableFuture<Void> removeWatches(String path, WatcherType type, Watcher watcher) {
        return submit(path, () -> calls.removeWatches(path, type, watcher));
    }

    /** Lists the identities that this connection has proven. */
    public CompletableFuture<List<ClientInfo>> whoAmI() {
        return submit(null, calls::whoAmI);
    }

    /**
     * Presents credentials, now and on every connection to come. If a server refuses them this client is of no more use:
     * {@link SessionEvent#AUTH_FAILED}.
     */
    public CompletableFuture<Void> addAuth(String scheme, byte[] auth) {
        return submit(null, () -> calls.addAuth(scheme, auth));
    }

    /**
     * Changes the membership of the ensemble; gives the new configuration.
     *
     * @param joining comma-separated specifications {@code server.N=…}, or null
     * @param leaving comma-separated ids, or null
     * @param newMembers the whole new membership instead of those two, or null
     * @param configVersion the version (a zxid) that the present configuration must have, -1 for any
     */
    public CompletableFuture<NodeData> reconfig(String joining, String leaving, String newMembers, long configVersion) {
        return submit(null, () -> calls.reconfig(joining, leaving, newMembers, configVersion));
    }

    /** Reads the configuration of the ensemble: node {@code /zookeeper/config}, whatever the chroot. */
    public CompletableFuture<NodeData> getConfig() {
        return submit(null, () -> calls.getConfig(null));
    }

    /**
     * As {@link #getConfig()}; the watcher is told once of the next change. The event names {@code /zookeeper/config}, whatever
     * the chroot, unless that node is below the chroot.
     */
    public CompletableFuture<NodeData> getConfig(Watcher watcher) {
        return submit(null, () -> calls.getConfig(watcher));
    }

    /**
     * Completes when a server has confirmed the session for the first time; fails when the client ends before that.
     */
    public CompletableFuture<Session> whenConnected() {
        return transport.whenConnected();
    }

    /** Completes when one more request would be taken; at once if that is so now. Another thread may be faster, though. */
    public CompletableFuture<Void> whenReady() {
        return transport.whenReady();
    }

    /** The session as it can be resumed elsewhere; null before a server has confirmed it. */
    public Session session() {
        return transport.session();
    }

    /** Whether there is a connection with a confirmed session at this moment. */
    public boolean isConnected() {
        return transport.isConnected();
    }

    /** The session timeout the server agreed to; what was asked for, before that. */
    public Duration sessionTimeout() {
        return transport.sessionTimeout();
    }

    /**
     * Until when the session certainly lives, as far as this client can know: the moment at which the last request that a
     * server has acknowledged was <em>sent</em>, plus the session timeout. A value of {@link System#nanoTime()}, to be
     * compared by difference; in the past before there is a session, and when it is known to be over.
     *
     * <p>Who acts only before this moment never acts for a session that is given up elsewhere (a fence of one's own). In an
     * ensemble leave a margin of one tick of the servers: a follower tells its leader which sessions it has heard of only
     * every half tick, so when it dies the leader may count from that much earlier.
     */
    public long sessionDeadline() {
        return transport.sessionDeadline();
    }

    /**
     * Sends what was submitted, waits for the answers, and ends the session; at most for {@link ClientBuilder#closeTimeout}.
     * Requests made from now on fail with {@link CoordinatorException.ClientClosed}.
     *
     * @return completes after the last callback, never exceptionally
     */
    public CompletableFuture<Void> closeAsync() {
        return transport.close();
    }

    /** {@link #closeAsync()}, and waits until that is done or {@link ClientBuilder#closeTimeout} is over; not in a callback. */
    @Override
    public void close() {
        CompletableFuture<Void> closed = closeAsync();
        if (!transport.isCallbackThread()) {
            transport.awaitClosed(closed);
        }
    }

    /**
     * Drops the connection and forgets the session, which lives on until its timeout or until {@link ClientBuilder#resume}.
     * Whatever has no answer fails.
     *
     * @return completes after the last callback, never exceptionally
     */
    public CompletableFuture<Void> abandon() {
        return transport.abandon();
    }

    /** Whether a server has confirmed the session, or the client has ended: what is left to do is telling it. */
    boolean isDecided() {
        return transport.isDecided();
    }

    /** Throws if the calling thread is the one that would have to complete what it is about to wait for. */
    void checkMayWait() {
        if (transport.isCallbackThread()) {
            throw new IllegalStateException("a callback must not wait for a reply of its own client");
        }
    }

    private <T> CompletableFuture<T> submit(String path, Supplier<Call<T>> maker) {
        Call<T> call;
        try {
            call = maker.get();
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(Calls.badArguments(path, e));
        }
        transport.submit(call);
        return call.future();
    }
}
