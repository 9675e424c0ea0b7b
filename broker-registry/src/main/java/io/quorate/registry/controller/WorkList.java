package io.quorate.registry.controller;

import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Owns which partitions and topics are to be looked at, which are being written so that they must wait, and which rest because
 * what was tried is impossible for now.
 */
final class WorkList {
    /** Runs tasks later, on the thread of everything else, as long as the controller is in office. */
    @FunctionalInterface
    interface Later {
        void after(long millis, Runnable task);
    }

    private final Set<TopicPartition> dirty = new LinkedHashSet<>();
    private final Set<String> dirtyTopics = new LinkedHashSet<>();
    private final Set<TopicPartition> busy = new HashSet<>();
    /** Those being written about which something has changed since. */
    private final Set<TopicPartition> overtaken = new HashSet<>();

    private final Map<String, Integer> busyInTopic = new HashMap<>();
    private final Set<String> busyTopics = new HashSet<>();
    private final Set<TopicPartition> resting = new HashSet<>();
    private final Set<String> restingTopics = new HashSet<>();
    private final Runnable wakeUp;
    private final Later later;

    /** @param wakeUp has somebody look at the work */
    WorkList(Runnable wakeUp, Later later) {
        this.wakeUp = wakeUp;
        this.later = later;
    }

    /** Any thread: runs this on the thread of everything else. */
    void onAgent(Runnable task) {
        later.after(0, task);
    }

    /** Runs this after a while, if the controller is still in office; now, if there is no reason to wait. */
    void after(long millis, Runnable task) {
        if (millis <= 0) {
            task.run();
        } else {
            later.after(millis, task);
        }
    }

    /** One that is being written is looked at when that is answered, and not before: {@link #end}. */
    void lookAt(TopicPartition partition) {
        if (busy.contains(partition)) {
            overtaken.add(partition);
        } else {
            dirty.add(partition);
            dirtyTopics.add(partition.topic());
        }
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
        taken.removeIf(partition -> isBusy(partition) || resting.contains(partition) || !isReady.test(partition));
        taken.forEach(dirty::remove);
        return taken;
    }

    /** Takes the topics that can be looked at now; the others stay. */
    List<String> takeTopics(Predicate<String> isReady) {
        List<String> taken = new ArrayList<>(dirtyTopics);
        taken.removeIf(topic -> busyTopics.contains(topic) || restingTopics.contains(topic) || !isReady.test(topic));
        taken.forEach(dirtyTopics::remove);
        return taken;
    }

    boolean isBusy(TopicPartition partition) {
        return busy.contains(partition);
    }

    void begin(TopicPartition partition) {
        if (busy.add(partition)) {
            busyInTopic.merge(partition.topic(), 1, Integer::sum);
        }
    }

    /** A write has been answered: it is looked at again if something has changed meanwhile, or if that is wanted. */
    void end(TopicPartition partition, boolean isMoreToDo) {
        if (busy.remove(partition)) {
            busyInTopic.computeIfPresent(partition.topic(), (topic, count) -> count == 1 ? null : count - 1);
        }
        if (overtaken.remove(partition) || isMoreToDo) {
            lookAt(partition);
        }
    }

    /** Not looked at for so long; not at all later if that is 0. */
    void rest(TopicPartition partition, long millis) {
        rest(resting, partition, millis);
    }

    private <T> void rest(Set<T> all, T one, long millis) {
        if (millis > 0 && all.add(one)) {
            later.after(millis, () -> {
                all.remove(one);
                wakeUp();
            });
        }
    }

    void beginTopic(String topic) {
        busyTopics.add(topic);
    }

    void endTopic(String topic) {
        busyTopics.remove(topic);
        dirtyTopics.add(topic);
    }

    /** As {@link #rest}, but the node of a topic. */
    void restTopic(String topic, long millis) {
        rest(restingTopics, topic, millis);
    }

    /** Whether any partition of a topic is being written, or the topic is. */
    boolean isAnyBusy(String topic) {
        return busyTopics.contains(topic) || busyInTopic.containsKey(topic);
    }

    /** Whether something about this partition is still to be found out; not if it rests. */
    boolean isOpen(TopicPartition partition) {
        return busy.contains(partition) || (dirty.contains(partition) && !resting.contains(partition));
    }

    boolean isQuiet() {
        return dirty.isEmpty() && busy.isEmpty() && dirtyTopics.isEmpty() && busyTopics.isEmpty();
    }
}
