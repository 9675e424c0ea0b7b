package io.quorate.registry.controller;

import static java.util.Comparator.reverseOrder;

import io.quorate.registry.image.TopicImage;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Deletes topics that somebody wants deleted (registry spec 10): first the replicas, by the brokers, then the nodes, from the
 * highest partition down, the topic, its configuration and the request last and together, so that whoever is controller then can
 * go on. No states are written on the way (13.5).
 */
final class Deletions {
    private static final long RETRY_MILLIS = 30_000;

    private final Term term;
    private final LiveBrokers brokers;
    private final Consumer<String> gone;
    private final Set<String> requested = new HashSet<>();
    private final Set<String> begun = new HashSet<>();
    private final Set<String> underWay = new HashSet<>();
    private final Map<String, Boolean> arePartlyGone = new HashMap<>();
    private final Set<String> parked = new HashSet<>();
    private final Set<String> beingAnswered = new HashSet<>();

    /** @param gone gets every topic that was deleted */
    Deletions(Term term, LiveBrokers brokers, Consumer<String> gone) {
        this.term = term;
        this.brokers = brokers;
        this.gone = gone;
    }

    /** These, and no others, are wanted deleted. */
    void onRequests(Set<String> topics) {
        Set<String> withdrawn = new HashSet<>(requested);
        withdrawn.removeAll(topics);
        requested.removeAll(withdrawn);
        requested.addAll(topics);
        withdrawn.stream().filter(topic -> !underWay.contains(topic)).forEach(this::leaveAlone);
        parked.retainAll(topics);
    }

    /** A topic is gone, by whomever: one of the same name is another one. */
    void onTopicGone(String topic) {
        begun.remove(topic);
    }

    boolean isRequested(String topic) {
        return requested.contains(topic);
    }

    /** A broker came: what it could not do it may do now. */
    void onBrokerStarted() {
        parked.clear();
    }

    /**
     * Whether partitions of a topic are to be left alone: some broker may have deleted its replica, even if others could not. Also
     * if only the request is known and a part of the topic is missing: another controller may have begun (invariant D1), unless it
     * is on the move, which keeps everybody from beginning.
     */
    boolean hasBegun(String topic) {
        return begun.contains(topic)
                || (requested.contains(topic) && arePartlyGone.computeIfAbsent(topic, this::isPartlyGone));
    }

    private boolean isPartlyGone(String topic) {
        TopicImage image = term.image().topic(topic);
        return image != null
                && !image.assignment().isMoving()
                && image.partitions().stream().anyMatch(partition -> image.state(partition.partition()) == null);
    }

    /** Looks at all requests, and orders what is to be done. */
    void step() {
        arePartlyGone.clear();
        for (String topic : List.copyOf(requested)) {
            if (!underWay.contains(topic)
                    && !beingAnswered.contains(topic)
                    && term.follower().isSettled(RegistryPaths.topic(topic))) {
                consider(topic);
            }
        }
    }

    private void consider(String topic) {
        TopicImage image = term.image().topic(topic);
        if (image == null || !term.settings().isDeletionAllowed()) {
            answer(topic);
        } else if (!parked.contains(topic) && !term.work().isAnyBusy(topic) && isEligible(image)) {
            begun.add(topic);
            underWay.add(topic);
            term.work().lookAtTopic(topic);
            new Deletion(image).deleteReplicas();
        }
    }

    private boolean isEligible(TopicImage topic) {
        return !topic.assignment().isMoving()
                && topic.partitions().stream()
                        .allMatch(partition -> term.areBrokersKnown(partition)
                                && topic.assignment().replicas(partition.partition()).stream()
                                        .allMatch(brokers.of(partition)::isAlive));
    }

    /** Nobody wants it deleted any more: what is left of it is led again. */
    private void leaveAlone(String topic) {
        begun.remove(topic);
        if (term.image().topic(topic) != null) {
            term.work().lookAt(term.image().topic(topic).partitions());
        }
    }

    /** It could not be done: tried again after a while, or when a broker starts. */
    private void park(String topic, long millis) {
        if (millis > 0) {
            parked.add(topic);
            term.work().after(millis, () -> {
                parked.remove(topic);
                term.work().wakeUp();
            });
        }
    }

    /** Takes a request away that there is nothing to do about. */
    private void answer(String topic) {
        String request = RegistryPaths.deletion(topic);
        beingAnswered.add(topic);
        term.change().add(Write.delete(request, -1)).submit(term.writer(), outcome -> {
            if (outcome.isDone() || outcome.error() == ErrorCode.NO_NODE) {
                requested.remove(topic);
                leaveAlone(topic);
            }
            term.settled(request, outcome, () -> {
                beingAnswered.remove(topic);
                term.work().wakeUp();
            });
        });
    }

    /** One topic on its way out. */
    private final class Deletion {
        private final TopicImage topic;
        private final String path;
        private int waitingFor;
        private boolean hasFailed;
        private ErrorCode failure = ErrorCode.OK;

        Deletion(TopicImage topic) {
            this.topic = topic;
            this.path = RegistryPaths.topic(topic.name());
        }

        void deleteReplicas() {
            waitingFor = topic.partitions().size() + 1;
            for (TopicPartition partition : topic.partitions()) {
                List<Integer> replicas = topic.assignment().replicas(partition.partition());
                boolean[] isAnswered = {false};
                term.host().deleteReplicas(partition, replicas, isDone -> term.work()
                        .onAgent(() -> {
                            // Who answers and then throws has answered twice.
                            if (!isAnswered[0]) {
                                isAnswered[0] = true;
                                onReplicas(isDone);
                            }
                        }));
            }
            onReplicas(true);
        }

        private void onReplicas(boolean isDone) {
            hasFailed |= !isDone;
            if (--waitingFor > 0) {
                return;
            }
            if (hasFailed) {
                stop(RETRY_MILLIS);
            } else {
                list();
            }
        }

        private void list() {
            String config = RegistryPaths.config(ConfigEntity.topic(topic.name()));
            term.tree().read(List.of(Read.data(config)), reply -> {
                if (reply.isOk()) {
                    list(reply.nodes().get(0).exists());
                } else {
                    failed(reply.error());
                }
            });
        }

        /** Nobody puts anything below a state; unless somebody has. */
        private void list(boolean hasConfig) {
            boolean isThorough = term.backoff().hasFailed(path);
            new Subtree(
                            term.tree(),
                            below -> !isThorough && RegistryPaths.partitionOf(below) != null,
                            (error, below) -> {
                                if (error == ErrorCode.OK) {
                                    remove(below, hasConfig);
                                } else {
                                    failed(error);
                                }
                            })
                    .list(path);
        }

        /** One change for each partition, and one for all the rest; in each of them what is below goes before what is above. */
        private void remove(List<String> below, boolean hasConfig) {
            String prefix = RegistryPaths.partitions(topic.name()) + "/";
            SortedMap<String, ImageChange> changes = new TreeMap<>(
                    Comparator.comparingInt(String::length).reversed().thenComparing(reverseOrder()));
            ImageChange last = term.change();
            List<String> upwards = new ArrayList<>(below);
            upwards.sort(reverseOrder());
            for (String node : upwards) {
                if (node.startsWith(prefix)) {
                    String partition = node.substring(prefix.length()).split("/", 2)[0];
                    delete(changes.computeIfAbsent(partition, any -> term.change()), node);
                } else {
                    delete(last, node);
                }
            }
            waitingFor = changes.size() + 1;
            failure = ErrorCode.OK;
            changes.values().forEach(change -> change.submit(term.writer(), this::onRemoved));
            last.deleteTopic(topic.name());
            if (hasConfig) {
                last.add(Write.delete(RegistryPaths.config(ConfigEntity.topic(topic.name())), -1));
            }
            last.add(Write.delete(RegistryPaths.deletion(topic.name()), -1)).submit(term.writer(), this::onRemoved);
            term.work().wakeUp();
        }

        private void delete(ImageChange change, String node) {
            TopicPartition partition = RegistryPaths.partitionOf(node);
            if (partition != null) {
                change.deleteState(partition);
            } else {
                change.add(Write.delete(node, -1));
            }
        }

        private void onRemoved(Outcome outcome) {
            failure = outcome.isDone() ? failure : outcome.error();
            if (--waitingFor > 0) {
                return;
            }
            if (failure != ErrorCode.OK) {
                term.follower().refresh(List.of(path));
                failed(failure);
            } else {
                requested.remove(topic.name());
                underWay.remove(topic.name());
                begun.remove(topic.name());
                gone.accept(topic.name());
                term.work().wakeUp();
            }
        }

        private void failed(ErrorCode error) {
            stop(term.backoff().failed(path, error));
        }

        /** It is considered again, from the beginning; until then nobody leads what is left. */
        private void stop(long restMillis) {
            underWay.remove(topic.name());
            if (!requested.contains(topic.name())) {
                leaveAlone(topic.name());
            }
            park(topic.name(), restMillis);
            term.work().wakeUp();
        }
    }
}
