package io.quorate.registry.store;

import io.quorate.registry.layout.ClusterJson;
import io.quorate.registry.layout.ClusterJson.ProducerIds;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.NodeData;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** Claims blocks of ids for producers: each is claimed by one broker only (registry spec 1.8). Any thread. */
public final class ClusterIds {
    private static final int CONFLICTS_MAX = 100;

    private final CoordinatorClient client;
    private final AclPolicy acls;

    public ClusterIds(CoordinatorClient client, AclPolicy acls) {
        this.client = client;
        this.acls = acls;
    }

    /**
     * Claims the next block. If the answer was lost, it is looked up whether the block is ours.
     *
     * @param broker for which
     */
    public CompletableFuture<ProducerIds> claim(int broker) {
        return Failures.retriedOnConflict(() -> attempt(broker), CONFLICTS_MAX);
    }

    private CompletableFuture<ProducerIds> attempt(int broker) {
        return client.getData(RegistryPaths.PRODUCER_IDS)
                .thenCompose(found -> claimAfter(found, broker))
                .exceptionallyCompose(failure -> Failures.cause(failure) instanceof CoordinatorException.NoNode
                        ? create().thenCompose(done -> attempt(broker))
                        : CompletableFuture.failedFuture(failure));
    }

    private CompletableFuture<Void> create() {
        String path = RegistryPaths.PRODUCER_IDS;
        return Failures.unlessExists(client.create(path, null, acls.forNode(path), CreateMode.PERSISTENT));
    }

    private CompletableFuture<ProducerIds> claimAfter(NodeData found, int broker) {
        ProducerIds last = ClusterJson.decodeProducerIds(found.data());
        ProducerIds next = last == null ? ProducerIds.first(broker) : last.next(broker);
        byte[] body = ClusterJson.encodeProducerIds(next);
        return client.setData(RegistryPaths.PRODUCER_IDS, body, found.stat().version())
                .thenApply(done -> next)
                .exceptionallyCompose(failure -> mayBeDone(failure)
                        ? lookUp(found.stat().version() + 1, body, next, failure)
                        : CompletableFuture.failedFuture(failure));
    }

    private static boolean mayBeDone(Throwable failure) {
        return Failures.cause(failure) instanceof CoordinatorException lost && lost.mayHaveBeenExecuted();
    }

    private CompletableFuture<ProducerIds> lookUp(int version, byte[] body, ProducerIds next, Throwable failure) {
        return client.getData(RegistryPaths.PRODUCER_IDS).thenCompose(now -> {
            boolean isOurs = now.stat().version() == version && Arrays.equals(now.data(), body);
            return isOurs ? CompletableFuture.completedFuture(next) : CompletableFuture.failedFuture(failure);
        });
    }
}
