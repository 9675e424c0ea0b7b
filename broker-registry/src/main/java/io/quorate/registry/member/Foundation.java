package io.quorate.registry.member;

import io.quorate.registry.layout.ClusterJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.TopicIds;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Creates the nodes that every cluster has (registry spec 1), those that are missing: a create that fails would still be a
 * transaction on every server.
 */
final class Foundation {
    private final Tree tree;
    private final LongSupplier chance;
    private final Runnable laid;
    private final Consumer<String> refused;
    private boolean isLaid;
    private boolean isUnderWay;
    private int waitingFor;
    private boolean hasFailed;
    private String objection;

    /**
     * @param laid called once, when everything is there
     * @param refused called once, if that cannot be
     */
    Foundation(Tree tree, LongSupplier chance, Runnable laid, Consumer<String> refused) {
        this.tree = tree;
        this.chance = chance;
        this.laid = laid;
        this.refused = refused;
    }

    boolean isLaid() {
        return isLaid;
    }

    /** Looks what is missing and creates it; again when the connection was lost on the way. */
    void lay() {
        if (isUnderWay || isLaid) {
            return;
        }
        isUnderWay = true;
        List<String> paths = new ArrayList<>();
        // The root of what we see is the chroot, which may be missing, too.
        paths.add("/");
        paths.addAll(RegistryPaths.STRUCTURE);
        paths.add(RegistryPaths.parent(RegistryPaths.CLUSTER_ID));
        paths.add(RegistryPaths.CLUSTER_ID);
        paths.add(RegistryPaths.parent(RegistryPaths.CANDIDATES));
        paths.add(RegistryPaths.CANDIDATES);
        tree.read(Read.data(paths), this::onSeen);
    }

    private void onSeen(ReadReply reply) {
        hasFailed = !reply.isOk();
        List<Node> missing =
                reply.nodes().stream().filter(node -> !node.exists()).toList();
        waitingFor = missing.size() + 1;
        for (Node node : missing) {
            boolean isId = node.path().equals(RegistryPaths.CLUSTER_ID);
            byte[] data = isId ? ClusterJson.encodeId(TopicIds.random(chance)) : null;
            tree.write(List.of(Write.create(node.path(), data)), created -> onCreated(node.path(), created));
        }
        onCreated(null, WriteReply.done(List.of(), -1));
    }

    private void onCreated(String path, WriteReply reply) {
        hasFailed |= !reply.isOk() && !reply.isRefused(ErrorCode.NODE_EXISTS);
        if (reply.index() >= 0 && !reply.isRefused(ErrorCode.NODE_EXISTS) && objection == null) {
            objection = path + " cannot be created: " + reply.error();
        }
        if (--waitingFor > 0) {
            return;
        }
        isUnderWay = false;
        if (objection != null) {
            refused.accept(objection);
        } else if (!hasFailed) {
            isLaid = true;
            laid.run();
        }
    }
}
