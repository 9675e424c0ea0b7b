package io.quorate.registry.cache;

import io.quorate.registry.cache.ClusterSnapshot.TopicSnapshot;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.ControllerFollower;
import io.quorate.registry.image.ImageListener;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Makes snapshots of a cluster, session after session: follows the tree with one recursive watch, and one on the controller, and
 * publishes whenever all that was heard of is known (registry spec 12.3). Of the topics only those that have changed are made
 * anew. While a session is lost, the last snapshot stays.
 *
 * <p>Belongs to one thread.
 */
public final class SnapshotKeeper implements ImageListener {
    private final Timers timers;
    private final Consumer<ClusterSnapshot> published;
    private final Consumer<String> trouble;
    private final Map<String, TopicSnapshot> topics = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private TreeFollower follower;
    private ControllerFollower controllerFollower;
    private ControllerInfo controller;
    private boolean isAnythingChanged;
    private long number;

    /**
     * Keeps nothing yet.
     *
     * @param published gets every snapshot, in order
     * @param trouble gets what an operator should know, such as nodes that cannot be read and are left out
     */
    public SnapshotKeeper(Timers timers, Consumer<ClusterSnapshot> published, Consumer<String> trouble) {
        this.timers = timers;
        this.published = published;
        this.trouble = trouble;
    }

    /** A session has begun: the image of the one before is of no use. */
    public void onSession(Tree session) {
        topics.clear();
        isAnythingChanged = true;
        follower = new TreeFollower(session, new ClusterImage(), this, timers);
        controllerFollower = new ControllerFollower(session, timers, this::onController, trouble);
        controllerFollower.start();
        follower.start();
    }

    /** The session has a connection again. */
    public void onConnected() {
        controllerFollower.onConnected();
        follower.onConnected();
    }

    /** The session has no connection. */
    public void onDisconnected() {
        follower.onDisconnected();
    }

    /** The session is over. */
    public void onExpired() {
        if (follower != null) {
            follower.close();
            controllerFollower.close();
        }
    }

    private void onController(ControllerInfo info) {
        controller = info;
        isAnythingChanged = true;
        if (follower.isCurrent()) {
            publish();
        }
    }

    @Override
    public void onBroker(int id, Broker before, Broker now) {
        isAnythingChanged = true;
    }

    @Override
    public void onTopic(String name) {
        changed.add(name);
    }

    @Override
    public void onPartition(TopicPartition partition) {
        changed.add(partition.topic());
    }

    @Override
    public void onCurrent() {
        if (isAnythingChanged || !changed.isEmpty()) {
            publish();
        }
    }

    @Override
    public void onTrouble(String what) {
        trouble.accept(what);
    }

    @Override
    public void onMalformed(String path, String reason) {
        trouble.accept(path + " cannot be read: " + reason);
    }

    private void publish() {
        for (String name : changed) {
            TopicImage topic = follower.image().topic(name);
            if (topic == null) {
                topics.remove(name);
            } else {
                topics.put(name, snapshot(topic));
            }
        }
        changed.clear();
        isAnythingChanged = false;
        published.accept(new ClusterSnapshot(
                ++number,
                Collections.unmodifiableSortedMap(new TreeMap<>(follower.image().brokers())),
                controller,
                Collections.unmodifiableMap(new HashMap<>(topics))));
    }

    private static TopicSnapshot snapshot(TopicImage topic) {
        List<PartitionDescription> partitions = new ArrayList<>();
        topic.assignment().replicas().keySet().forEach(partition -> partitions.add(topic.describe(partition)));
        return new TopicSnapshot(topic.name(), topic.assignment().topicId(), partitions);
    }
}
