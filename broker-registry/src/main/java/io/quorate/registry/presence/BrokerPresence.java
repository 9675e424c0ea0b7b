package io.quorate.registry.presence;

import io.quorate.registry.image.UnreadableNodes;
import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.function.Consumer;

/**
 * Registers one broker, once in every session (registry spec 4.2 and 4.3). The node belongs to a session; only one of our own
 * sessions that is over ever has its node taken away by us, never anybody else's.
 */
public final class BrokerPresence {
    /** Is told how it went: exactly one of the first two. */
    public interface Listener {
        /** The broker is registered; a larger epoch than ever before (R2). */
        void onRegistered(long epoch);

        /** It is not, and will not be in this session. */
        void onRefused(String reason);

        /** Something happened that an operator should know. */
        default void onTrouble(String what) {}
    }

    private static final long RETRY_MILLIS = 1_000;

    private final int id;
    private final String path;
    private final ConflictPolicy policy;
    private final Timers timers;
    private final Listener listener;

    private final WantedInfo wanted;
    /** The node, if there is one that the server does not show. */
    private final UnreadableNodes unreadable;

    private Tree tree;
    private long registeredSession;
    private long deadlineMillis;
    private boolean isRegistered;
    private boolean isTrying;
    private boolean isUpdating;

    /** A broker that is not registered yet. */
    public BrokerPresence(int id, BrokerInfo info, ConflictPolicy policy, Timers timers, Listener listener) {
        this.id = id;
        this.path = RegistryPaths.broker(id);
        wanted = new WantedInfo(info);
        this.policy = policy;
        this.timers = timers;
        this.listener = listener;
        unreadable = new UnreadableNodes(timers, paths -> onConnected());
    }

    /** A session has begun: register in it. The one before it, if there was one, is over. */
    public void register(Tree newSession) {
        tree = newSession;
        isRegistered = false;
        isUpdating = false;
        wanted.unknown();
        unreadable.remove(path);
        deadlineMillis = timers.nowMillis() + policy.waitMillis();
        attempt();
    }

    /** There is a connection again: what had no answer is tried again. */
    public void onConnected() {
        if (isRegistered) {
            catchUp();
        } else if (tree != null && !isTrying) {
            attempt();
        }
    }

    /**
     * The broker listens elsewhere now: written as soon as it is registered; the epoch stays (registry spec 4.5).
     *
     * @param done gets null when this, or a later update, is in the tree, or else why it never will be
     */
    public void update(BrokerInfo changed, Consumer<String> done) {
        wanted.want(changed, done);
        catchUp();
    }

    /** Writes nothing any more; who waits for an update is told so. */
    public void close() {
        tree = null;
        isRegistered = false;
        wanted.close("the broker has left");
    }

    private byte[] body() {
        return BrokerJson.encode(wanted.info(), timers.nowMillis());
    }

    /** Writes what is wanted, if the node says something else. */
    private void catchUp() {
        if (!isRegistered || isUpdating || wanted.isWritten()) {
            return;
        }
        isUpdating = true;
        Tree asked = tree;
        long number = wanted.number();
        asked.write(List.of(Write.set(path, body(), -1)), reply -> {
            if (asked.equals(tree)) {
                onUpdated(number, reply);
            }
        });
    }

    private void onUpdated(long number, WriteReply reply) {
        isUpdating = false;
        if (reply.isOk()) {
            wanted.written(number);
            catchUp();
        } else if (reply.index() >= 0) {
            wanted.refused(reply.error() + " for " + path);
        } else {
            tryLater();
        }
    }

    /** What had no answer, though the connection may be there. */
    private void tryLater() {
        Tree asked = tree;
        timers.after(RETRY_MILLIS, () -> {
            if (asked.equals(tree)) {
                onConnected();
            }
        });
    }

    private void unanswered() {
        isTrying = false;
        tryLater();
    }

    private void attempt() {
        isTrying = true;
        Tree asked = tree;
        long number = wanted.number();
        tree.write(List.of(Write.createEphemeral(path, body())), reply -> onCreated(asked, number, reply));
    }

    private void onCreated(Tree asked, long number, WriteReply reply) {
        if (!asked.equals(tree)) {
            return;
        }
        if (reply.isOk()) {
            wanted.written(number);
            registered(reply.results().get(0).stat().czxid());
        } else if (reply.isRefused(ErrorCode.NODE_EXISTS)) {
            tree.read(List.of(Read.data(path)), found -> onConflict(asked, found));
        } else if (reply.index() >= 0) {
            refused(reply.error() + " for " + path);
        } else {
            unanswered();
        }
    }

    private void onConflict(Tree asked, ReadReply reply) {
        if (!asked.equals(tree)) {
            return;
        }
        if (!reply.isOk()) {
            onUnreadable(asked, reply.error());
            return;
        }
        unreadable.remove(path);
        Node node = reply.nodes().get(0);
        if (!node.exists()) {
            attempt();
        } else if (node.stat().ephemeralOwner() == tree.session()) {
            // Ours: the node was created, and only the answer was lost.
            if (wanted.info().equals(info(node))) {
                wanted.written(wanted.number());
            }
            registered(node.stat().czxid());
        } else if (registeredSession != 0 && node.stat().ephemeralOwner() == registeredSession) {
            removeOwn(asked, node);
        } else if (isOfOurs(node) && timers.nowMillis() < deadlineMillis) {
            awaitRemoval(asked);
        } else {
            refused("broker " + id + " is registered by session 0x"
                    + Long.toHexString(node.stat().ephemeralOwner()));
        }
    }

    /**
     * Somebody is registered, and nobody knows who; it may be this very session. So the node is left alone, and what the policy says
     * of an earlier life of ours holds. A question that the server did not look at says nothing of the node, and is asked again
     * for as long as it takes.
     */
    private void onUnreadable(Tree asked, ErrorCode error) {
        if (isRegistered) {
            // Another attempt was faster.
            return;
        }
        boolean isSecret = error == ErrorCode.NO_AUTH;
        isTrying = false;
        if (error == ErrorCode.CONNECTION_LOSS) {
            tryLater();
        } else if (isSecret && timers.nowMillis() >= deadlineMillis) {
            refused("broker " + id + " is registered, by whom cannot be read: " + error);
        } else if (unreadable.add(path)) {
            listener.onTrouble(path + " is there and cannot be read, and is tried again later: " + error);
            if (isSecret) {
                // Nor is anybody told of it who may not read it.
                awaitDeadline(asked);
            }
        }
    }

    /** A server has kept the node of a session of ours that is over. */
    private void removeOwn(Tree asked, Node node) {
        tree.write(List.of(Write.delete(path, node.version())), reply -> {
            if (asked.equals(tree)) {
                if (reply.index() >= 0 || reply.isOk()) {
                    attempt();
                } else {
                    unanswered();
                }
            }
        });
    }

    /** Whether an earlier process of this broker has left the node behind. */
    private boolean isOfOurs(Node node) {
        BrokerInfo ours = wanted.info();
        BrokerInfo other = info(node);
        if (other == null) {
            return false;
        }
        boolean sameProcess = ours.incarnation() != null && ours.incarnation().equals(other.incarnation());
        return sameProcess || ours.endpoints().equals(other.endpoints());
    }

    /** What a node says; null if that cannot be read. */
    private static BrokerInfo info(Node node) {
        try {
            return BrokerJson.decode(node.data()).info();
        } catch (MalformedBodyException e) {
            return null;
        }
    }

    private Wakeup awaitDeadline(Tree asked) {
        Wakeup wakeup = new Wakeup(asked);
        timers.after(deadlineMillis - timers.nowMillis(), wakeup::wake);
        return wakeup;
    }

    private void awaitRemoval(Tree asked) {
        Wakeup wakeup = awaitDeadline(asked);
        tree.watchOnce(path, change -> wakeup.wake(), reply -> {
            if (!reply.isOk()) {
                unanswered();
            } else if (!reply.nodes().get(0).exists()) {
                wakeup.wake();
            }
        });
    }

    private void registered(long epoch) {
        isTrying = false;
        if (isRegistered) {
            // Two attempts were under way: one after a lost connection, one after a wait that was over just then.
            return;
        }
        isRegistered = true;
        unreadable.remove(path);
        registeredSession = tree.session();
        listener.onRegistered(epoch);
        catchUp();
    }

    private void refused(String reason) {
        isTrying = false;
        tree = null;
        listener.onRefused(reason);
    }

    /** Several things may end the wait; the first one does. */
    private final class Wakeup {
        private final Tree asked;
        private boolean isDone;

        Wakeup(Tree asked) {
            this.asked = asked;
        }

        void wake() {
            if (!isDone && asked.equals(tree) && !isRegistered) {
                isDone = true;
                attempt();
            }
        }
    }
}
