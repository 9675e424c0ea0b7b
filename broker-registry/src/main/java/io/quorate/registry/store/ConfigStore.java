package io.quorate.registry.store;

import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.WriteOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Changes configurations, and announces each change in the same transaction, so that no broker misses one (registry spec 1.6,
 * 13.5). Any thread.
 */
public final class ConfigStore {
    private static final int CONFLICTS_MAX = 10;

    private final CoordinatorClient client;
    private final PipelinedReads reads;
    private final AclPolicy acls;

    public ConfigStore(CoordinatorClient client, PipelinedReads reads, AclPolicy acls) {
        this.client = client;
        this.reads = reads;
        this.acls = acls;
    }

    /**
     * Sets some values and takes others away, leaving the rest as it is whoever else changes it meanwhile.
     *
     * @param changes by name; a null value takes away
     * @return the whole configuration as it is then; fails with {@link IllegalStateException} while a migration owns the tree
     */
    public CompletableFuture<SortedMap<String, String>> alter(ConfigEntity entity, Map<String, String> changes) {
        return Failures.retriedOnConflict(() -> attempt(entity, changes), CONFLICTS_MAX);
    }

    private CompletableFuture<SortedMap<String, String>> attempt(ConfigEntity entity, Map<String, String> changes) {
        String path = RegistryPaths.config(entity);
        List<String> parents = parents(entity);
        List<Read> asked = new ArrayList<>(List.of(Read.data(path), Read.children(path), MigrationGuard.read()));
        asked.addAll(Read.data(parents));
        return reads.read(asked).thenCompose(nodes -> {
            List<WriteOp> ops = new ArrayList<>(MigrationGuard.checks(nodes.get(2)));
            SortedMap<String, String> config = new TreeMap<>();
            if (nodes.get(0).exists()) {
                config.putAll(ConfigJson.decode(nodes.get(0).data()));
            }
            merge(config, changes);
            nodes.subList(3, nodes.size()).stream()
                    .filter(parent -> !parent.exists())
                    .forEach(parent -> ops.add(create(parent.path(), null)));
            boolean isRemovable = config.isEmpty() && nodes.get(1).children().isEmpty() && isTransient(entity);
            change(ops, nodes.get(0), config, isRemovable);
            ops.add(announcement(entity));
            return client.multi(ops).thenApply(done -> config);
        });
    }

    private static void merge(SortedMap<String, String> config, Map<String, String> changes) {
        changes.forEach((key, value) -> {
            if (value == null) {
                config.remove(key);
            } else {
                config.put(key, value);
            }
        });
    }

    private void change(List<WriteOp> ops, Node node, SortedMap<String, String> config, boolean isRemovable) {
        byte[] body = ConfigJson.encode(config);
        if (!node.exists() && !isRemovable) {
            ops.add(create(node.path(), body));
        } else if (node.exists()) {
            ops.add(
                    isRemovable
                            ? WriteOp.delete(node.path(), node.version())
                            : WriteOp.setData(node.path(), body, node.version()));
        }
    }

    /** Nodes above that of the entity which may be missing. */
    private static List<String> parents(ConfigEntity entity) {
        List<String> parents = new ArrayList<>();
        parents.add(RegistryPaths.CONFIG);
        parents.add(RegistryPaths.CONFIG + "/" + entity.type().node());
        if (entity.client() != null) {
            String clients = RegistryPaths.parent(RegistryPaths.config(entity));
            parents.add(RegistryPaths.parent(clients));
            parents.add(clients);
        }
        parents.add(RegistryPaths.CONFIG_CHANGES);
        return parents;
    }

    /** Whether an empty configuration is no configuration: for those entities that exist by having one. */
    private static boolean isTransient(ConfigEntity entity) {
        return switch (entity.type()) {
            case CLIENT, USER, IP -> true;
            case TOPIC, BROKER -> false;
        };
    }

    private WriteOp announcement(ConfigEntity entity) {
        String path = RegistryPaths.CONFIG_CHANGES + "/" + RegistryPaths.CONFIG_CHANGE_PREFIX;
        return WriteOp.create(
                path, ConfigJson.encodeChange(entity), acls.forNode(path), CreateMode.PERSISTENT_SEQUENTIAL);
    }

    private WriteOp create(String path, byte[] data) {
        return WriteOp.create(path, data, acls.forNode(path), CreateMode.PERSISTENT);
    }
}
