package io.quorate.registry.image;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import java.util.List;
import java.util.function.Consumer;

/**
 * Knows who is controller, for the length of one session, without wanting to be it: one watch on {@code /controller} (registry
 * spec 13.3). Belongs to one thread.
 */
public final class ControllerFollower {
    private final Tree tree;
    private final Consumer<ControllerInfo> told;
    private boolean isClosed;

    /** @param told gets who is controller whenever that was read, changed or not; null for nobody */
    public ControllerFollower(Tree tree, Consumer<ControllerInfo> told) {
        this.tree = tree;
        this.told = told;
    }

    /** Begins: watches, then reads. */
    public void start() {
        tree.watch(RegistryPaths.CONTROLLER, false, change -> read());
        read();
    }

    /** There is a connection again: a change may have been missed. */
    public void onConnected() {
        read();
    }

    /** The session is over. */
    public void close() {
        isClosed = true;
    }

    private void read() {
        if (!isClosed) {
            tree.read(List.of(Read.data(RegistryPaths.CONTROLLER)), this::onRead);
        }
    }

    private void onRead(ReadReply reply) {
        if (!isClosed && reply.isOk()) {
            told.accept(decode(reply.nodes().get(0)));
        }
    }

    /** Who the node {@code /controller} says is controller; null for nobody, or if nobody can read it. */
    public static ControllerInfo decode(Node node) {
        try {
            return node.exists() ? ControllerJson.decode(node.data()) : null;
        } catch (MalformedBodyException e) {
            return null;
        }
    }
}
