package io.quorate.registry.controller;

import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Owns which partitions and topics are to be looked at, and which are being written so that they must wait. */
final class WorkList {
    private final Set<TopicPartition> dirty = new LinkedHashSet<>();
    private final Set<String> dirtyTopics = new LinkedHashSet<>();
    private final Set<TopicPartition> busy = new HashSet<>();
    private final Set<String> busyTopics = new HashSet<>();
    private final Runnable wakeUp;
    private final Consumer<Runnable> agent;

    /**
     * @param wakeUp has somebody look at the work
     * @param agent runs tasks that come from other threads on ours, as long as the controller is in office
     */
    WorkList(Runnable wakeUp, Consumer<Runnable> agent) {
        this.wakeUp = wakeUp;
        this.agent = agent;
    }

    /** Any thread: runs this on the thread of everything else. */
    void onAgent(Runnable task) {
        agent.accept(task);
    }

    void lookAt(TopicPartition partition) {
        dirty.add(partition);
        dirtyTopics.add(partition.topic());
    }

    void lookAt(Collection<TopicPartition> partitions) {
        partitions.forEach(this::lookAt);
    }

    void lookAtTopic(String topic) {
        dirtyTopics.add(topic);
    }

    /** Somebody outside of the usual round has added work. */
    void wakeUp() {
        wakeUp.run();
    }

    /** Takes the partitions that can be looked at now; the others stay. */
    List<TopicPartition> takePartitions(Predicate<TopicPartition> isReady) {
        List<TopicPartition> taken = new ArrayList<>(dirty);
        taken.removeIf(partition -> isBusy(partition) || !isReady.test(partition));
        taken.forEach(dirty::remove);
        return taken;
    }

    /** Takes the topics that can be looked at now; the others stay. */
    List<String> takeTopics(Predicate<String> isReady) {
        List<String> taken = new ArrayList<>(dirtyTopics);
        taken.removeIf(topic -> busyTopics.contains(topic) || !isReady.test(topic));
        taken.forEach(dirtyTopics::remove);
        return taken;
    }

    boolean isBusy(TopicPartition partition) {
        return busy.contains(partition);
    }

    void begin(TopicPartition partition) {
        busy.add(partition);
    }

    /** A write has been answered: look at it again. */
    void end(TopicPartition partition) {
        busy.remove(partition);
        lookAt(partition);
    }

    void beginTopic(String topic) {
        busyTopics.add(topic);
    }

    void endTopic(String topic) {
        busyTopics.remove(topic);
        dirtyTopics.add(topic);
    }

    /** Whether any partition of a topic is being written, or the topic is. */
    boolean isAnyBusy(String topic) {
        return busyTopics.contains(topic)
                || busy.stream().anyMatch(partition -> partition.topic().equals(topic));
    }

    /** Whether none of the partitions that are to be looked at or being written is one of these. */
    boolean isDone(Predicate<TopicPartition> ofThese) {
        return dirty.stream().noneMatch(ofThese) && busy.stream().noneMatch(ofThese);
    }

    boolean isQuiet() {
        return dirty.isEmpty() && busy.isEmpty() && dirtyTopics.isEmpty() && busyTopics.isEmpty();
    }
}
