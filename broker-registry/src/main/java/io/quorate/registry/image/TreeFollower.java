package io.quorate.registry.image;

import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.NodeChange;
import io.quorate.registry.tree.Outside;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps a {@link ClusterImage} up to date for one session: one recursive watch on {@code /brokers}, or on its ids, says which nodes have
 * changed, and these are read again, all that have come together in one go. One read is under way at a time, so bursts of
 * changes gather behind it, and no answer can be overtaken by an older one.
 */
public final class TreeFollower {
    private final String root;
    private final Tree tree;
    private final ClusterImage image;
    private final ImageListener listener;
    private final OwnWrites own = new OwnWrites();
    private final UnreadableNodes unreadable;
    /** The root, if the names below it, or all that they stand for, could not be read. */
    private final UnreadableNodes refused;

    private Set<String> stale = new LinkedHashSet<>();
    private Set<String> reading = new LinkedHashSet<>();
    /** What must have been read once before the image is that of the whole. */
    private final Set<String> missing = new HashSet<>();

    private boolean isTellingOwn;
    private boolean isListed;
    private boolean isReading;
    private boolean isCurrent;
    private boolean isClosed;

    /** A follower of everything, which begins with an empty image. */
    public TreeFollower(Tree tree, ClusterImage image, ImageListener listener, Timers timers) {
        this(tree, image, listener, timers, RegistryPaths.BROKERS);
    }

    /**
     * A follower of the brokers only: in a large cluster not everybody can be told of every leader that changes (registry spec
     * 13.3).
     */
    public static TreeFollower ofBrokersOnly(Tree tree, ClusterImage image, ImageListener listener, Timers timers) {
        return new TreeFollower(tree, image, listener, timers, RegistryPaths.BROKER_IDS);
    }

    private TreeFollower(Tree tree, ClusterImage image, ImageListener listener, Timers timers, String root) {
        this.root = root;
        this.tree = tree;
        this.image = image;
        this.listener = listener;
        unreadable = new UnreadableNodes(timers, this::refresh);
        refused = new UnreadableNodes(timers, paths -> list());
    }

    /** Begins: watches, then reads everything. */
    public void start() {
        tree.watch(root, true, this::onChange);
        list();
    }

    /** There is a connection again: changes may have been missed, so everything is read again. */
    public void onConnected() {
        outdated();
        list();
    }

    /** The connection is lost. */
    public void onDisconnected() {
        outdated();
    }

    /** The session is over. */
    public void close() {
        isClosed = true;
        isCurrent = false;
    }

    /** Whether nothing is known to be missing. */
    public boolean isCurrent() {
        return isCurrent;
    }

    public ClusterImage image() {
        return image;
    }

    /** Reads these again, because somebody found them to be other than the image says. */
    public void refresh(Collection<String> paths) {
        stale.addAll(paths);
        pump();
    }

    /** Whether the image shows all nodes as they were last heard of. */
    public boolean isSettled() {
        return stale.isEmpty() && reading.isEmpty() && unreadable.isEmpty();
    }

    /** Whether the image shows this node as it was last heard of: nothing is waiting to be read, or being read, or unreadable. */
    public boolean isSettled(String path) {
        return !stale.contains(path) && !reading.contains(path) && !unreadable.contains(path);
    }

    /** Whether a node could not be read, so that the image does not show it. */
    public boolean isUnreadable(String path) {
        return unreadable.contains(path);
    }

    /** Whether there is a registration of this broker that could not be read, so that nobody knows whether it is alive. */
    public boolean isUnreadable(int broker) {
        return unreadable.contains(RegistryPaths.broker(broker));
    }

    /** Whether any node could not be read. */
    public boolean isAnyUnreadable() {
        return !unreadable.isEmpty();
    }

    /** Whether the listener is being told of a change that we have made ourselves. */
    public boolean isTellingOwn() {
        return isTellingOwn;
    }

    /** Changes that we make ourselves; their events are no reason to read. */
    public OwnWrites ownWrites() {
        return own;
    }

    /** One of our own writes was carried out; {@code effect} brings it into the image. */
    public void written(String path, long zxid, Runnable effect) {
        isTellingOwn = true;
        effect.run();
        isTellingOwn = false;
        if (!own.end(path, zxid)) {
            stale.add(path);
            pump();
        }
    }

    /** One of our own writes was not carried out, or nobody knows. */
    public void notWritten(String path) {
        own.end(path, -1);
        stale.add(path);
        pump();
    }

    /** Nobody listens to the answers to our own writes any more: what becomes of them is read, like the changes of others. */
    public void abandonOwnWrites() {
        stale.addAll(own.abandon());
        pump();
    }

    private void outdated() {
        isListed = false;
        if (isCurrent) {
            isCurrent = false;
            tell("onOutdated", listener::onOutdated);
        }
    }

    private void list() {
        if (isReading || isClosed) {
            return;
        }
        isReading = true;
        List<Read> lists = new ArrayList<>(List.of(Read.children(RegistryPaths.BROKER_IDS)));
        if (root.equals(RegistryPaths.BROKERS)) {
            lists.add(Read.children(RegistryPaths.TOPICS));
        }
        tree.read(lists, this::onListed);
    }

    private void onListed(ReadReply reply) {
        isReading = false;
        if (isClosed || !reply.isOk()) {
            listLater(reply.error());
            return;
        }
        isListed = true;
        reply.nodes().forEach(parent -> parent.children().forEach(name -> stale.add(parent.path() + "/" + name)));
        // What is known and not listed is gone: reading it says so.
        image.brokers().keySet().forEach(id -> stale.add(RegistryPaths.broker(id)));
        image.topics().keySet().forEach(name -> stale.add(RegistryPaths.topic(name)));
        image.partitions().forEach(partition -> stale.add(RegistryPaths.state(partition)));
        stale.addAll(unreadable.paths());
        missing.clear();
        missing.addAll(stale);
        pump();
        tellCurrent();
    }

    /** Without a connection nothing needs to be done: when it is back, everything is read. */
    private void listLater(ErrorCode error) {
        if (!isClosed && error != ErrorCode.CONNECTION_LOSS && refused.add(root)) {
            tell("onTrouble", () -> listener.onTrouble(root + " cannot be read, and is tried again later: " + error));
        }
    }

    /** A stream of changes that never ends must not keep anybody from looking at those that are known. */
    private void tellCurrent() {
        isCurrent |= isListed && missing.isEmpty();
        if (isCurrent) {
            // Not when there are names only: what they stand for may be refused each time.
            refused.remove(root);
            tell("onCurrent", listener::onCurrent);
        }
    }

    private void tell(String what, Runnable call) {
        Outside.call(what, call, listener::onTrouble);
    }

    private void onChange(NodeChange change) {
        String path = change.path();
        if (!isClosed && !own.isExpected(path, change.zxid()) && isFollowed(path)) {
            stale.add(path);
            pump();
        }
    }

    private static boolean isFollowed(String path) {
        return RegistryPaths.brokerOf(path) >= 0
                || RegistryPaths.topicOf(path) != null
                || RegistryPaths.partitionOf(path) != null;
    }

    private void pump() {
        if (isReading || !isListed || isClosed) {
            return;
        }
        if (stale.isEmpty()) {
            return;
        }
        isReading = true;
        own.readBegins();
        reading = stale;
        stale = new LinkedHashSet<>();
        tree.readEach(Read.data(reading), this::onRead);
    }

    private void onRead(ReadReply reply) {
        isReading = false;
        Set<String> paths = reading;
        reading = new LinkedHashSet<>();
        if (isClosed) {
            return;
        }
        if (reply.isOk() && isListed) {
            paths.forEach(missing::remove);
            reply.nodes().forEach(this::apply);
        }
        own.readEnds();
        if (!reply.isOk()) {
            // The connection is lost; when it is back, everything is read.
            stale.addAll(paths);
            outdated();
            listLater(reply.error());
            return;
        }
        if (!isListed) {
            // It came back before this answer was there: begin anew.
            stale.addAll(paths);
            list();
            return;
        }
        pump();
        tellCurrent();
    }

    private void apply(Node node) {
        String path = node.path();
        if (own.wasTouched(path)) {
            return;
        }
        if (!node.isReadable()) {
            if (unreadable.add(path)) {
                tell("onTrouble", () -> listener.onTrouble(path + " cannot be read: " + node.error()));
            }
            return;
        }
        int broker = RegistryPaths.brokerOf(path);
        String topic = RegistryPaths.topicOf(path);
        TopicPartition partition = RegistryPaths.partitionOf(path);
        try {
            if (broker >= 0) {
                applyBroker(broker, node);
            } else if (topic != null) {
                applyTopic(topic, node);
            } else if (partition != null) {
                applyState(partition, node);
            }
            unreadable.remove(path);
        } catch (MalformedBodyException e) {
            malformed(path, e.getMessage());
        } catch (RuntimeException e) {
            // Whatever is wrong with one node, the others are read, and this one is told.
            malformed(path, e.toString());
        }
    }

    private void malformed(String path, String reason) {
        if (unreadable.add(path)) {
            tell("onMalformed", () -> listener.onMalformed(path, reason));
        }
    }

    private void applyBroker(int id, Node node) {
        Broker before = image.brokers().get(id);
        Broker now = null;
        if (node.exists()) {
            BrokerJson.Body body = BrokerJson.decode(node.data());
            now = new Broker(
                    id,
                    node.stat().czxid(),
                    body.info(),
                    body.timestampMillis(),
                    node.stat().ephemeralOwner());
            image.put(now);
        } else {
            image.removeBroker(id);
        }
        if (now == null ? before != null : !now.equals(before)) {
            Broker found = now;
            tell("onBroker", () -> listener.onBroker(id, before, found));
        }
    }

    private void applyTopic(String name, Node node) {
        TopicImage before = image.topic(name);
        if (!node.exists()) {
            if (before != null) {
                image.removeTopic(name);
                tell("onTopic", () -> listener.onTopic(name));
            }
            return;
        }
        TopicAssignment assignment = TopicJson.decode(node.data());
        boolean isSame = before != null && before.czxid() == node.stat().czxid() && before.version() == node.version();
        TopicImage topic = image.put(name, node.stat().czxid(), assignment, node.version());
        Set<TopicPartition> unknown = new HashSet<>(topic.partitions());
        unknown.removeIf(partition -> topic.state(partition.partition()) != null);
        for (TopicPartition partition : unknown) {
            stale.add(RegistryPaths.state(partition));
            if (!isCurrent) {
                missing.add(RegistryPaths.state(partition));
            }
        }
        if (!isSame) {
            tell("onTopic", () -> listener.onTopic(name));
        }
    }

    private void applyState(TopicPartition partition, Node node) {
        StoredState before = image.state(partition);
        if (node.exists()) {
            image.put(partition, StateJson.decode(node.data()), node.version());
        } else {
            image.remove(partition);
        }
        StoredState now = image.state(partition);
        if (now == null ? before != null : !now.equals(before)) {
            tell("onPartition", () -> listener.onPartition(partition));
        }
    }

    /** Brings one of our own changes into the image: the assignment of a topic. */
    public void put(String topic, TopicAssignment assignment, int version) {
        TopicImage known = image.topic(topic);
        if (known != null) {
            image.assign(known, assignment, version);
            tell("onTopic", () -> listener.onTopic(topic));
        }
    }

    /** Brings one of our own changes into the image: the state of a partition. */
    public void put(TopicPartition partition, StoredState stored) {
        image.put(partition, stored.state(), stored.version());
        tell("onPartition", () -> listener.onPartition(partition));
    }

    /** Brings one of our own changes into the image: a state that is gone. */
    public void remove(TopicPartition partition) {
        image.remove(partition);
        tell("onPartition", () -> listener.onPartition(partition));
    }

    /** Brings one of our own changes into the image: a topic that is gone. */
    public void removeTopic(String topic) {
        image.removeTopic(topic);
        tell("onTopic", () -> listener.onTopic(topic));
    }
}
