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
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
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

    private Set<String> stale = new LinkedHashSet<>();
    private Set<String> reading = new LinkedHashSet<>();
    private boolean isListed;
    private boolean isReading;
    private boolean isCurrent;
    private boolean isClosed;

    /** A follower of everything, which begins with an empty image. */
    public TreeFollower(Tree tree, ClusterImage image, ImageListener listener) {
        this(tree, image, listener, RegistryPaths.BROKERS);
    }

    /**
     * A follower of the brokers only: in a large cluster not everybody can be told of every leader that changes (registry spec
     * 13.3).
     */
    public static TreeFollower ofBrokersOnly(Tree tree, ClusterImage image, ImageListener listener) {
        return new TreeFollower(tree, image, listener, RegistryPaths.BROKER_IDS);
    }

    private TreeFollower(Tree tree, ClusterImage image, ImageListener listener, String root) {
        this.root = root;
        this.tree = tree;
        this.image = image;
        this.listener = listener;
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

    /** Whether the image shows this node as it was last heard of: nothing is waiting to be read, or being read. */
    public boolean isSettled(String path) {
        return !stale.contains(path) && !reading.contains(path);
    }

    /** Changes that we make ourselves; their events are no reason to read. */
    public OwnWrites ownWrites() {
        return own;
    }

    /** One of our own writes was carried out; {@code effect} brings it into the image. */
    public void written(String path, long zxid, Runnable effect) {
        effect.run();
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
            listener.onOutdated();
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
            return;
        }
        isListed = true;
        reply.nodes().forEach(parent -> parent.children().forEach(name -> stale.add(parent.path() + "/" + name)));
        // What is known and not listed is gone: reading it says so.
        image.brokers().keySet().forEach(id -> stale.add(RegistryPaths.broker(id)));
        image.topics().keySet().forEach(name -> stale.add(RegistryPaths.topic(name)));
        image.partitions().forEach(partition -> stale.add(RegistryPaths.state(partition)));
        pump();
    }

    private void onChange(NodeChange change) {
        String path = change.path();
        boolean isOurs = RegistryPaths.brokerOf(path) >= 0
                || RegistryPaths.topicOf(path) != null
                || RegistryPaths.partitionOf(path) != null;
        if (isOurs && !isClosed && !own.isExpected(path, change.zxid())) {
            stale.add(path);
            pump();
        }
    }

    private void pump() {
        if (isReading || !isListed || isClosed) {
            return;
        }
        if (stale.isEmpty()) {
            if (!isCurrent) {
                isCurrent = true;
                listener.onCurrent();
            }
            return;
        }
        isReading = true;
        own.readBegins();
        reading = stale;
        stale = new LinkedHashSet<>();
        tree.read(Read.data(reading), this::onRead);
    }

    private void onRead(ReadReply reply) {
        isReading = false;
        Set<String> paths = reading;
        reading = new LinkedHashSet<>();
        if (isClosed) {
            return;
        }
        if (!reply.isOk()) {
            // The connection is lost; when it is back, everything is read.
            stale.addAll(paths);
            outdated();
            return;
        }
        if (!isListed) {
            // It came back before this answer was there: begin anew.
            stale.addAll(paths);
            list();
            return;
        }
        reply.nodes().forEach(this::apply);
        pump();
        if (isCurrent && !isReading) {
            listener.onCurrent();
        }
    }

    private void apply(Node node) {
        String path = node.path();
        if (stale.contains(path) || own.wasTouched(path)) {
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
        } catch (MalformedBodyException e) {
            listener.onMalformed(path, e.getMessage());
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
            listener.onBroker(id, before, now);
        }
    }

    private void applyTopic(String name, Node node) {
        TopicImage before = image.topic(name);
        if (!node.exists()) {
            if (before != null) {
                image.removeTopic(name);
                listener.onTopic(name);
            }
            return;
        }
        TopicAssignment assignment = TopicJson.decode(node.data());
        boolean isSame = before != null && before.czxid() == node.stat().czxid() && before.version() == node.version();
        TopicImage topic = image.put(name, node.stat().czxid(), assignment, node.version());
        Set<TopicPartition> unknown = new HashSet<>(topic.partitions());
        unknown.removeIf(partition -> topic.state(partition.partition()) != null);
        unknown.forEach(partition -> stale.add(RegistryPaths.state(partition)));
        if (!isSame) {
            listener.onTopic(name);
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
            listener.onPartition(partition);
        }
    }

    /** Brings one of our own changes into the image: the assignment of a topic. */
    public void put(String topic, TopicAssignment assignment, int version) {
        TopicImage known = image.topic(topic);
        if (known != null) {
            known.assign(assignment, version);
        }
    }

    /** Brings one of our own changes into the image: the state of a partition. */
    public void put(TopicPartition partition, StoredState stored) {
        image.put(partition, stored.state(), stored.version());
    }

    /** Brings one of our own changes into the image: a state that is gone. */
    public void remove(TopicPartition partition) {
        image.remove(partition);
    }

    /** Brings one of our own changes into the image: a topic that is gone. */
    public void removeTopic(String topic) {
        image.removeTopic(topic);
    }
}
