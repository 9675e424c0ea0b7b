package io.quorate.registry.store;

import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicPartition;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.NodeData;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a leader change who is in sync with it without asking the controller, as leaders do whose protocol is older than 2.7
 * (registry spec 8). Any thread.
 */
public final class IsrWriter {
    private static final int ATTEMPTS_MAX = 10;

    private final CoordinatorClient client;
    private final AclPolicy acls;

    public IsrWriter(CoordinatorClient client, AclPolicy acls) {
        this.client = client;
        this.acls = acls;
    }

    /**
     * Changes the in-sync replicas, if the state is still the one known. Gives the new version of the state, which is the
     * partition epoch; -1 if somebody else has changed it: the controller's next order says how it is.
     *
     * @param known the state that the leader was told; leader and controller epochs stay what they are
     */
    public CompletableFuture<Integer> write(PartitionDescription known, List<Integer> isr) {
        return write(known, known.state().withIsr(isr), ATTEMPTS_MAX);
    }

    private CompletableFuture<Integer> write(PartitionDescription known, PartitionState next, int attempts) {
        String path = RegistryPaths.state(known.id());
        return client.setData(path, StateJson.encode(next), known.version())
                .thenApply(done -> done.stat().version())
                .exceptionallyCompose(failure -> isWorthReading(Failures.cause(failure))
                        ? client.getData(path).thenCompose(now -> afterFailure(known, next, now, attempts, failure))
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean isWorthReading(Throwable cause) {
        return cause instanceof CoordinatorException.BadVersion
                || (cause instanceof CoordinatorException lost && lost.mayHaveBeenExecuted());
    }

    /** An earlier attempt may have succeeded, and only its answer was lost; or it has never arrived. */
    private CompletableFuture<Integer> afterFailure(
            PartitionDescription known, PartitionState next, NodeData now, int attempts, Throwable failure) {
        int version = now.stat().version();
        if (version != known.version()) {
            boolean isOurs =
                    version > known.version() && StateJson.decode(now.data()).equals(next);
            return CompletableFuture.completedFuture(isOurs ? version : -1);
        }
        return attempts > 1 ? write(known, next, attempts - 1) : CompletableFuture.failedFuture(failure);
    }

    /** Tells a controller that has no watch on the states which of them were changed. */
    public CompletableFuture<Void> announce(Collection<TopicPartition> changed) {
        String path = RegistryPaths.ISR_CHANGES + "/" + RegistryPaths.ISR_CHANGE_PREFIX;
        return client.create(
                        path, AdminJson.encodePartitions(changed), acls.forNode(path), CreateMode.PERSISTENT_SEQUENTIAL)
                .thenApply(created -> null);
    }
}
