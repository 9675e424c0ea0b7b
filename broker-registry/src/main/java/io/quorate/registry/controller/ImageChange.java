package io.quorate.registry.controller;

import io.quorate.registry.image.StoredState;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A {@link Change} in the making whose effect on the image is known: when it was carried out the image shows it at once, and
 * nothing needs to be read. Used once.
 */
final class ImageChange {
    private final TreeFollower follower;
    private final List<Write> writes = new ArrayList<>();
    private final List<Consumer<Written>> effects = new ArrayList<>();

    ImageChange(TreeFollower follower) {
        this.follower = follower;
    }

    /** Adds a write that the image does not show. */
    ImageChange add(Write write) {
        return add(write, null);
    }

    /** Gives a partition its first state, with the nodes above it that are missing. */
    ImageChange createState(TopicPartition partition, PartitionState state, List<String> missingParents) {
        missingParents.forEach(parent -> add(Write.create(parent, null)));
        return add(
                Write.create(RegistryPaths.state(partition), StateJson.encode(state)),
                written -> follower.put(
                        partition, new StoredState(state, written.stat().version())));
    }

    /** Changes the state of a partition, if it has this version. */
    ImageChange setState(TopicPartition partition, PartitionState state, int version) {
        return add(
                Write.set(RegistryPaths.state(partition), StateJson.encode(state), version),
                written -> follower.put(
                        partition, new StoredState(state, written.stat().version())));
    }

    /** Changes the assignment of a topic, if its node has this version. */
    ImageChange setTopic(String topic, TopicAssignment assignment, int version) {
        return add(
                Write.set(RegistryPaths.topic(topic), TopicJson.encode(assignment), version),
                written -> follower.put(topic, assignment, written.stat().version()));
    }

    /** Takes the state of a partition away. */
    ImageChange deleteState(TopicPartition partition) {
        return add(Write.delete(RegistryPaths.state(partition), -1), written -> follower.remove(partition));
    }

    /** Takes a topic away, below which there is nothing any more. */
    ImageChange deleteTopic(String topic) {
        return add(Write.delete(RegistryPaths.topic(topic), -1), written -> follower.removeTopic(topic));
    }

    private ImageChange add(Write write, Consumer<Written> effect) {
        writes.add(write);
        effects.add(effect);
        return this;
    }

    /** The node that one of the writes is about. */
    String path(int index) {
        return writes.get(index).path();
    }

    /** The node that the last write is about. */
    String lastPath() {
        return path(writes.size() - 1);
    }

    /** Queues it; nothing happens when the controller has resigned: there would never be an answer to wait for. */
    void submit(FencedWriter writer, Consumer<Outcome> done) {
        if (writer.isStopped()) {
            return;
        }
        for (int i = 0; i < writes.size(); i++) {
            if (effects.get(i) != null) {
                follower.ownWrites().begin(path(i));
            }
        }
        writer.submit(new Change(writes, outcome -> {
            settle(outcome);
            done.accept(outcome);
        }));
    }

    private void settle(Outcome outcome) {
        for (int i = 0; i < writes.size(); i++) {
            Consumer<Written> effect = effects.get(i);
            String path = path(i);
            if (effect == null) {
                continue;
            }
            if (outcome.isDone()) {
                Written written = outcome.results().get(i);
                follower.written(path, outcome.zxid(), () -> effect.accept(written));
            } else {
                follower.notWritten(path);
            }
        }
    }
}
