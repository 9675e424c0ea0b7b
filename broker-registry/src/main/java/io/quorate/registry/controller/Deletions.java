package io.quorate.registry.controller;

import io.quorate.registry.image.TopicImage;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<String, Deletion> begun = new HashMap<>();
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
        withdrawn.forEach(this::lookAt);
        parked.retainAll(topics);
    }

    boolean isRequested(String topic) {
        return requested.contains(topic);
    }

    /** A broker came: what it could not do it may do now. */
    void onBrokerStarted() {
        parked.clear();
    }

    /**
     * Whether partitions of a topic are to be left alone. Also if only the request is known and a part of the topic is missing:
     * another controller may have begun (invariant D1), unless it is on the move, which keeps everybody from beginning.
     */
    boolean hasBegun(String topic) {
        if (begun.containsKey(topic)) {
            return true;
        }
        TopicImage image = term.image().topic(topic);
        return requested.contains(topic)
                && image != null
                && !image.assignment().isMoving()
                && image.partitions().stream().anyMatch(partition -> image.state(partition.partition()) == null);
    }

    /** Looks at all requests, and orders what is to be done. */
    void step() {
        for (String topic : List.copyOf(requested)) {
            if (!begun.containsKey(topic)
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
            Deletion deletion = new Deletion(image);
            begun.put(topic, deletion);
            deletion.deleteReplicas();
        }
    }

    private boolean isEligible(TopicImage topic) {
        return !topic.assignment().isMoving()
                && topic.partitions().stream()
                        .allMatch(partition -> topic.assignment().replicas(partition.partition()).stream()
                                .allMatch(brokers.of(partition)::isAlive));
    }

    private void lookAt(String topic) {
        if (term.image().topic(topic) != null) {
            term.work().lookAt(term.image().topic(topic).partitions());
        }
    }

    /** A broker could not delete its replicas: tried again when a broker starts, or after a while. */
    private void park(String topic) {
        parked.add(topic);
        term.office().timers().after(RETRY_MILLIS, () -> term.work().onAgent(() -> {
            parked.remove(topic);
            term.work().wakeUp();
        }));
    }

    /** Takes a request away that there is nothing to do about. */
    private void answer(String topic) {
        beingAnswered.add(topic);
        term.change().add(Write.delete(RegistryPaths.deletion(topic), -1)).submit(term.writer(), outcome -> {
            beingAnswered.remove(topic);
            if (outcome.kind() != Outcome.Kind.LOST) {
                requested.remove(topic);
            }
            term.work().wakeUp();
        });
    }

    /** One topic on its way out. */
    private final class Deletion {
        private final TopicImage topic;
        private int waitingFor;
        private boolean hasFailed;

        Deletion(TopicImage topic) {
            this.topic = topic;
        }

        void deleteReplicas() {
            waitingFor = topic.partitions().size() + 1;
            for (TopicPartition partition : topic.partitions()) {
                List<Integer> replicas = topic.assignment().replicas(partition.partition());
                term.host().deleteReplicas(partition, replicas, isDone -> term.work()
                        .onAgent(() -> onReplicas(isDone)));
            }
            onReplicas(true);
        }

        private void onReplicas(boolean isDone) {
            hasFailed |= !isDone;
            if (--waitingFor > 0) {
                return;
            }
            if (hasFailed) {
                park(topic.name());
                stop();
            } else {
                list();
            }
        }

        private void list() {
            term.tree()
                    .read(
                            List.of(
                                    Read.children(RegistryPaths.partitions(topic.name())),
                                    Read.data(RegistryPaths.config(ConfigEntity.topic(topic.name())))),
                            this::onListed);
        }

        private void onListed(ReadReply reply) {
            if (!reply.isOk()) {
                stop();
                return;
            }
            Node partitions = reply.nodes().get(0);
            boolean hasConfig = reply.nodes().get(1).exists();
            List<String> names = new ArrayList<>(partitions.children());
            names.sort((a, b) -> a.length() == b.length() ? b.compareTo(a) : b.length() - a.length());
            List<Read> reads = names.stream()
                    .map(name -> Read.children(partitions.path() + "/" + name))
                    .toList();
            term.tree().read(reads, below -> {
                if (below.isOk()) {
                    remove(below.nodes(), partitions.exists(), hasConfig);
                } else {
                    stop();
                }
            });
        }

        private void remove(List<Node> partitions, boolean hasParent, boolean hasConfig) {
            waitingFor = partitions.size() + 1;
            hasFailed = false;
            for (Node partition : partitions) {
                ImageChange change = term.change();
                partition.children().forEach(child -> delete(change, partition.path() + "/" + child));
                change.add(Write.delete(partition.path(), -1)).submit(term.writer(), this::onRemoved);
            }
            ImageChange last = term.change();
            if (hasParent) {
                last.add(Write.delete(RegistryPaths.partitions(topic.name()), -1));
            }
            last.deleteTopic(topic.name());
            if (hasConfig) {
                last.add(Write.delete(RegistryPaths.config(ConfigEntity.topic(topic.name())), -1));
            }
            last.add(Write.delete(RegistryPaths.deletion(topic.name()), -1)).submit(term.writer(), this::onRemoved);
            term.work().wakeUp();
        }

        private void delete(ImageChange change, String path) {
            TopicPartition partition = RegistryPaths.partitionOf(path);
            if (partition != null) {
                change.deleteState(partition);
            } else {
                change.add(Write.delete(path, -1));
            }
        }

        private void onRemoved(Outcome outcome) {
            hasFailed |= !outcome.isDone();
            if (--waitingFor > 0) {
                return;
            }
            if (hasFailed) {
                term.follower().refresh(List.of(RegistryPaths.topic(topic.name())));
                stop();
            } else {
                requested.remove(topic.name());
                begun.remove(topic.name());
                gone.accept(topic.name());
            }
            term.work().wakeUp();
        }

        /** It is considered again, from the beginning. */
        private void stop() {
            begun.remove(topic.name());
            lookAt(topic.name());
            term.work().wakeUp();
        }
    }
}
