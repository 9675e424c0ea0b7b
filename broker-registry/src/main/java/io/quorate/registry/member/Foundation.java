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
import java.util.function.LongSupplier;

/**
 * Creates the nodes that every cluster has (registry spec 1), those that are missing: a create that fails would still be a
 * transaction on every server.
 */
final class Foundation {
    private static final String ROOT = "/";

    /** Is told how it went. */
    interface Listener {
        /** Everything is there; once. */
        void onLaid();

        /** It cannot be; once. */
        void onRefused(String reason);

        /** Something had no answer; {@link #lay} goes on, now or with the next connection. */
        void onFailed(ErrorCode error);

        /** What is above the root of the tree is missing, where this tree cannot reach; {@link #onChroot} goes on. */
        void onRootless();
    }

    private final Tree tree;
    private final LongSupplier chance;
    private final Listener listener;
    private boolean isLaid;
    private boolean isUnderWay;
    private int waitingFor;
    /** OK, or why something had no answer. */
    private ErrorCode failure;

    private boolean isRootless;
    private String objection;

    Foundation(Tree tree, LongSupplier chance, Listener listener) {
        this.tree = tree;
        this.chance = chance;
        this.listener = listener;
    }

    boolean isLaid() {
        return isLaid;
    }

    /** Looks what is missing and creates it; again when there was no answer on the way. */
    void lay() {
        if (isUnderWay || isLaid) {
            return;
        }
        isUnderWay = true;
        List<String> paths = new ArrayList<>();
        // The root of what we see is the chroot, which may be missing, too.
        paths.add(ROOT);
        paths.addAll(RegistryPaths.STRUCTURE);
        paths.add(RegistryPaths.parent(RegistryPaths.CLUSTER_ID));
        paths.add(RegistryPaths.CLUSTER_ID);
        paths.add(RegistryPaths.parent(RegistryPaths.CANDIDATES));
        paths.add(RegistryPaths.CANDIDATES);
        // What we may not read may be there; trying to create it tells.
        tree.readEach(Read.data(paths), this::onSeen);
    }

    /** The root is there now. */
    void onChroot() {
        if (isRootless) {
            isRootless = false;
            isUnderWay = false;
            lay();
        }
    }

    private void onSeen(ReadReply reply) {
        failure = reply.error();
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
        if (!reply.isOk() && !reply.isRefused(ErrorCode.NODE_EXISTS)) {
            failure = reply.error();
        }
        isRootless |= ROOT.equals(path) && reply.isRefused(ErrorCode.NO_NODE);
        if (!isRootless && reply.index() >= 0 && !reply.isRefused(ErrorCode.NODE_EXISTS) && objection == null) {
            objection = path + " cannot be created: " + reply.error();
        }
        if (--waitingFor > 0) {
            return;
        }
        if (isRootless) {
            listener.onRootless();
            return;
        }
        isUnderWay = false;
        if (objection != null) {
            listener.onRefused(objection);
        } else if (failure == ErrorCode.OK) {
            isLaid = true;
            listener.onLaid();
        } else {
            listener.onFailed(failure);
        }
    }
}
