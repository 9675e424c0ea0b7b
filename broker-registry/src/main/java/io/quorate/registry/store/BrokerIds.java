package io.quorate.registry.store;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import java.util.concurrent.CompletableFuture;

/** Gives brokers ids that nobody had before (registry spec 4.1): the version of one node only grows. Any thread. */
public final class BrokerIds {
    /** Ids up to this one are for brokers that were given one by hand. */
    public static final int RESERVED_MAX_DEFAULT = 1_000;

    private final CoordinatorClient client;
    private final AclPolicy acls;

    public BrokerIds(CoordinatorClient client, AclPolicy acls) {
        this.client = client;
        this.acls = acls;
    }

    /**
     * The next id. An id that was given and not used, because the answer was lost, is lost.
     *
     * @param reservedMax ids up to this one are not given
     */
    public CompletableFuture<Integer> next(int reservedMax) {
        return client.setData(RegistryPaths.BROKER_SEQUENCE, new byte[0], -1)
                .thenApply(stat -> reservedMax + stat.stat().version())
                .exceptionallyCompose(failure -> afterFailure(reservedMax, failure));
    }

    private CompletableFuture<Integer> afterFailure(int reservedMax, Throwable failure) {
        if (!(Failures.cause(failure) instanceof CoordinatorException.NoNode)) {
            return CompletableFuture.failedFuture(failure);
        }
        return create(RegistryPaths.BROKERS)
                .thenCompose(done -> create(RegistryPaths.BROKER_SEQUENCE))
                .thenCompose(done -> next(reservedMax));
    }

    private CompletableFuture<Void> create(String path) {
        return Failures.unlessExists(client.create(path, null, acls.forNode(path), CreateMode.PERSISTENT));
    }
}
