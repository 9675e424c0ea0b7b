package io.quorate.registry.store;

import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Creates the place on the servers where a tree is to be, however deep it lies (registry spec 1). */
final class Chroots {
    private static final Duration OPERATION_TIMEOUT = Duration.ofSeconds(30);

    private Chroots() {}

    /**
     * Creates what is missing of this path; done, with null or with what went wrong, when the client for that has ended.
     *
     * @param wholeTree describes a client of the whole tree
     */
    static CompletableFuture<String> create(ClientBuilder wholeTree, String path, AclPolicy acls) {
        CoordinatorClient client = wholeTree
                .operationTimeout(OPERATION_TIMEOUT)
                .listener((event, reason) -> {})
                .connect();
        return createAll(client, path, acls)
                .handle((done, failure) -> failure == null ? null : String.valueOf(Failures.cause(failure)))
                .thenCompose(problem -> client.closeAsync().thenApply(closed -> problem));
    }

    private static CompletableFuture<Void> createAll(CoordinatorClient client, String path, AclPolicy acls) {
        CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
        for (int end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
            last = last.thenCombine(create(client, path.substring(0, end), acls), (before, now) -> now);
        }
        return last.thenCombine(create(client, path, acls), (before, now) -> now);
    }

    private static CompletableFuture<Void> create(CoordinatorClient client, String path, AclPolicy acls) {
        return Failures.unlessExists(client.create(path, null, acls.forNode(path), CreateMode.PERSISTENT));
    }
}
