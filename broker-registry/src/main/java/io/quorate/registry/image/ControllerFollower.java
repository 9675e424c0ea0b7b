package io.quorate.registry.image;

import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.function.Consumer;

/**
 * Knows who is controller, for the length of one session, without wanting to be it: one watch on {@code /controller} (registry
 * spec 13.3). Belongs to one thread.
 */
public final class ControllerFollower {
    private final Tree tree;
    private final Consumer<ControllerInfo> told;
    private final Consumer<String> trouble;
    private final UnreadableNodes unreadable;
    private boolean isClosed;

    /**
     * A follower that has yet to begin.
     *
     * @param told gets who is controller whenever that was read, changed or not; null for nobody
     * @param trouble gets that it cannot be read, once until it can
     */
    public ControllerFollower(Tree tree, Timers timers, Consumer<ControllerInfo> told, Consumer<String> trouble) {
        this.tree = tree;
        this.told = told;
        this.trouble = trouble;
        unreadable = new UnreadableNodes(timers, paths -> read());
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
        if (isClosed) {
            return;
        }
        if (reply.isOk()) {
            unreadable.remove(RegistryPaths.CONTROLLER);
            told.accept(decode(reply.nodes().get(0)));
        } else if (reply.error() != ErrorCode.CONNECTION_LOSS && unreadable.add(RegistryPaths.CONTROLLER)) {
            trouble.accept(RegistryPaths.CONTROLLER + " cannot be read, and is tried again later: " + reply.error());
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
