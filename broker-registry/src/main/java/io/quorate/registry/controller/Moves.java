package io.quorate.registry.controller;

import io.quorate.registry.election.Situation.Wish;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicIds;
import io.quorate.registry.model.TopicPartition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Moves partitions from broker to broker (registry spec 9), and keeps topic nodes in order otherwise: all that happens to the
 * partitions of one topic at a time is one rewriting of its node, conditional on its version (13.5).
 *
 * <pre>
 *  asked ──► begun ──────► announced ─────────► completed ────────► cleared ─────────► settled
 *    topic node:   leader epoch + 1;    target in sync:     replicas that    topic node:
 *    target, AR,   leader fetches the   leader in target,   went are         target only
 *    RR            new replicas in      the rest leaves     deleted
 * </pre>
 *
 * What a controller needs to go on with a move that another one began is in the topic node; it begins again at "begun".
 */
final class Moves {
    /** So many partitions of one topic are moved on by one transaction at most. */
    private static final int PARTITIONS_MAX = 50;

    private static final String UNKNOWN = "there is no such partition";

    /** How far a move has come in this term. */
    private enum Step {
        BEGUN,
        ANNOUNCED,
        COMPLETED,
        CLEARING,
        CLEARED
    }

    /**
     * Somebody wants a partition moved.
     *
     * @param target where to; null for back to where it was
     * @param done gets null when it has begun, or why it cannot
     */
    private record Request(List<Integer> target, Consumer<String> done) {}

    /**
     * A move and how far it has come.
     *
     * @param replicas what tells it from the one before: whether that was replaced or ended is not always answered
     */
    private record Stage(ReplicaSet replicas, Step step) {}

    private final Term term;
    private final LiveBrokers brokers;
    private final Predicate<String> isBeingDeleted;
    private final NavigableMap<TopicPartition, Request> requests = new TreeMap<>();
    private final Map<TopicPartition, Stage> stages = new HashMap<>();

    Moves(Term term, LiveBrokers brokers, Predicate<String> isBeingDeleted) {
        this.term = term;
        this.brokers = brokers;
        this.isBeingDeleted = isBeingDeleted;
    }

    /** Asks for a move; the latest request for a partition counts. */
    void request(TopicPartition partition, List<Integer> targetOrNull, Consumer<String> done) {
        Request before = requests.put(partition, new Request(targetOrNull, done));
        if (before != null) {
            before.done().accept("replaced by another request");
        }
        term.work().lookAt(partition);
    }

    /** Whether this is asked for, or under way. */
    boolean isOpen(TopicPartition partition) {
        ReplicaSet replicas = term.image().replicas(partition);
        return requests.containsKey(partition) || (replicas != null && replicas.isMoving());
    }

    /** What a partition's move wants of its next state. */
    Set<Wish> wishes(TopicPartition partition) {
        ReplicaSet replicas = term.image().replicas(partition);
        if (!replicas.isMoving()) {
            // A move may have ended without an answer, and the next one may be to the same replicas.
            stages.remove(partition);
            return Set.of();
        }
        Step step = step(partition, replicas);
        if (step.compareTo(Step.COMPLETED) < 0
                && isInSync(replicas, term.image().state(partition).state())) {
            return Set.of(Wish.COMPLETE_MOVE);
        }
        return step == Step.BEGUN ? Set.of(Wish.ANNOUNCE_MOVE) : Set.of();
    }

    private Step step(TopicPartition partition, ReplicaSet replicas) {
        Stage stage = stages.get(partition);
        return stage != null && stage.replicas().equals(replicas) ? stage.step() : Step.BEGUN;
    }

    /** A partition has a new state. A move is completed only once: who dies after that does not bring back what went. */
    void onDecided(TopicPartition partition, PartitionState state) {
        ReplicaSet replicas = term.image().replicas(partition);
        if (replicas == null || !replicas.isMoving()) {
            return;
        }
        boolean isOnTarget = isOnTarget(replicas, state);
        if (!isOnTarget || step(partition, replicas).compareTo(Step.COMPLETED) < 0) {
            boolean isComplete = isOnTarget && isInSync(replicas, state);
            stages.put(partition, new Stage(replicas, isComplete ? Step.COMPLETED : Step.ANNOUNCED));
        }
    }

    /** Whether nothing but the topic's node still speaks of the replicas that are to go. */
    private static boolean isOnTarget(ReplicaSet replicas, PartitionState state) {
        List<Integer> target = replicas.target();
        return target.contains(state.leader()) && target.containsAll(state.isr());
    }

    /** Whether the replicas that are to go are needed no more. */
    private static boolean isInSync(ReplicaSet replicas, PartitionState state) {
        List<Integer> target = replicas.target();
        return !target.isEmpty() && state.isr().containsAll(target);
    }

    /** Looks at a topic, and orders what is to be done with its node; what is asked for of one that is not there is refused. */
    void step(String name) {
        TopicImage topic = term.image().topic(name);
        if (topic == null) {
            refuseAll(name, UNKNOWN);
        } else {
            step(topic);
        }
    }

    private void step(TopicImage topic) {
        boolean hasId = TopicIds.isValid(topic.assignment().topicId())
                || !term.settings().givesTopicIds();
        SortedSet<TopicPartition> open = open(topic);
        if (hasId && open.isEmpty()) {
            return;
        }
        Rewriting rewriting = new Rewriting(topic);
        for (TopicPartition partition : open) {
            if (!term.areBrokersKnown(partition)) {
                term.work().lookAtTopic(topic.name());
            } else if (rewriting.size < PARTITIONS_MAX && !term.work().isBusy(partition)) {
                if (requests.containsKey(partition)) {
                    begin(rewriting, partition);
                }
                if (!rewriting.ends.containsKey(partition)) {
                    goOn(rewriting, partition);
                }
            }
        }
        if (!hasId) {
            rewriting.next = rewriting.next.withTopicId(TopicIds.random(term.chance()));
        }
        rewriting.submit();
    }

    /** Those on the move, and those that somebody wants moved: a topic is looked at whenever one of all its partitions is. */
    private SortedSet<TopicPartition> open(TopicImage topic) {
        SortedSet<TopicPartition> open = new TreeSet<>(requestsOf(topic.name()).keySet());
        topic.assignment().moving().forEach(partition -> open.add(new TopicPartition(topic.name(), partition)));
        return open;
    }

    private SortedMap<TopicPartition, Request> requestsOf(String topic) {
        return requests.subMap(
                new TopicPartition(topic, Integer.MIN_VALUE), true, new TopicPartition(topic, Integer.MAX_VALUE), true);
    }

    /** A topic is gone, and with it what was asked for. */
    void onTopicGone(String topic) {
        stages.keySet().removeIf(partition -> partition.topic().equals(topic));
        refuseAll(topic, "there is no such topic");
    }

    /** Nothing that was asked for of the partitions of a topic will happen. */
    void refuseAll(String topic, String reason) {
        List.copyOf(requestsOf(topic).keySet()).forEach(partition -> refuse(partition, reason));
    }

    private void refuse(TopicPartition partition, String reason) {
        requests.remove(partition).done().accept(reason);
    }

    private void begin(Rewriting rewriting, TopicPartition partition) {
        Request request = requests.get(partition);
        ReplicaSet now = rewriting.topic.assignment().replicaSet(partition.partition());
        List<Integer> target = request.target() == null ? now.origin() : request.target();
        String objection = objection(partition, now, target);
        if (objection != null) {
            refuse(partition, objection);
        } else if (target.equals(now.target())) {
            // There already, or on the way; or back already, when an answer was lost.
            requests.remove(partition).done().accept(null);
        } else {
            rewriting.begin(partition, request, now.towards(target));
        }
    }

    private String objection(TopicPartition partition, ReplicaSet now, List<Integer> target) {
        if (isBeingDeleted.test(partition.topic())) {
            return "the topic is being deleted";
        }
        if (term.image().replicas(partition) == null) {
            return UNKNOWN;
        }
        if (target.isEmpty()
                || new HashSet<>(target).size() < target.size()
                || target.stream().anyMatch(broker -> broker < 0)) {
            return "not a list of replicas: " + target;
        }
        List<Integer> dead = now.towards(target).adding().stream()
                .filter(broker -> !brokers.of(partition).isAlive(broker))
                .toList();
        return dead.isEmpty() ? null : "brokers are not known to be alive: " + dead;
    }

    private void goOn(Rewriting rewriting, TopicPartition partition) {
        ReplicaSet now = rewriting.topic.assignment().replicaSet(partition.partition());
        StoredState stored = rewriting.topic.state(partition.partition());
        Step step = step(partition, now);
        if (!now.isMoving() || stored == null || step.compareTo(Step.COMPLETED) < 0) {
            return;
        }
        if (!isOnTarget(now, stored.state())) {
            // The leader, who knew nothing, has taken back what was to go.
            stages.put(partition, new Stage(now, Step.ANNOUNCED));
            term.work().lookAt(partition);
        } else if (step == Step.COMPLETED) {
            stages.put(partition, new Stage(now, Step.CLEARING));
            clear(partition, now.removing(), () -> {
                stages.replace(partition, new Stage(now, Step.CLEARING), new Stage(now, Step.CLEARED));
                term.work().lookAt(partition);
                term.work().wakeUp();
            });
        } else if (step == Step.CLEARED) {
            rewriting.settle(partition, now, stored);
        }
    }

    /** Has replicas deleted; those on dead brokers are left to themselves: they find out when they come back. */
    private void clear(TopicPartition partition, List<Integer> replicas, Runnable done) {
        List<Integer> alive =
                replicas.stream().filter(brokers.of(partition)::isAlive).toList();
        if (alive.isEmpty()) {
            done.run();
        } else {
            term.host().deleteReplicas(partition, alive, isDone -> term.work().onAgent(done));
        }
    }

    /** What is to become of one topic's node, and together with it of its partitions. */
    private final class Rewriting {
        private final TopicImage topic;
        private final Map<TopicPartition, Consumer<Outcome>> ends = new LinkedHashMap<>();
        private final ImageChange states = term.change();
        private TopicAssignment next;
        private int size;

        Rewriting(TopicImage topic) {
            this.topic = topic;
            this.next = topic.assignment();
        }

        void begin(TopicPartition partition, Request request, ReplicaSet then) {
            ReplicaSet now = topic.assignment().replicaSet(partition.partition());
            List<Integer> dropped = now.replicas().stream()
                    .filter(broker -> !then.replicas().contains(broker))
                    .toList();
            StoredState stored = topic.state(partition.partition());
            PartitionState state = stored == null ? null : without(partition, stored.state(), dropped, then);
            if (state != null && state.isr().isEmpty()) {
                refuse(partition, "only replicas that are to go are in sync");
                return;
            }
            if (state != null) {
                states.setState(partition, state, stored.version());
            }
            add(partition, then, outcome -> {
                if (outcome.isDone()) {
                    stages.remove(partition);
                    // Another may have been made meanwhile, and is next.
                    if (requests.remove(partition, request)) {
                        request.done().accept(null);
                    }
                    term.tellDecided(partition);
                    clear(partition, dropped, () -> {});
                }
            });
        }

        /** The state that goes with leaving these out at once, also for a leader that knows less; null if there are none. */
        private PartitionState without(
                TopicPartition partition, PartitionState state, List<Integer> dropped, ReplicaSet then) {
            List<Integer> isr = state.isr().stream()
                    .filter(broker -> !dropped.contains(broker))
                    .toList();
            if (dropped.isEmpty()) {
                return null;
            }
            int leader = !dropped.contains(state.leader())
                    ? state.leader()
                    : then.replicas().stream()
                            .filter(broker -> isr.contains(broker)
                                    && brokers.of(partition).isServing(broker))
                            .findFirst()
                            .orElse(PartitionState.NO_LEADER);
            return state.decided(leader, isr, term.fence().epoch());
        }

        void settle(TopicPartition partition, ReplicaSet now, StoredState stored) {
            // Nobody may have come back into sync since it was looked at, nor come back by a leader that knows less.
            PartitionState state = stored.state();
            states.setState(
                    partition,
                    state.decided(state.leader(), state.isr(), term.fence().epoch()),
                    stored.version());
            add(partition, ReplicaSet.settled(now.target()), outcome -> {
                if (outcome.isDone()) {
                    stages.remove(partition);
                    term.tellDecided(partition);
                }
            });
        }

        private void add(TopicPartition partition, ReplicaSet then, Consumer<Outcome> end) {
            next = next.with(partition.partition(), then);
            ends.put(partition, end);
            size++;
        }

        void submit() {
            if (next.equals(topic.assignment())) {
                return;
            }
            term.work().beginTopic(topic.name());
            ends.keySet().forEach(term.work()::begin);
            states.setTopic(topic.name(), next, topic.version());
            states.submit(term.writer(), this::onWritten);
        }

        private void onWritten(Outcome outcome) {
            String path = RegistryPaths.topic(topic.name());
            if (outcome.isDone()) {
                term.backoff().succeeded(path);
            } else {
                term.work().restTopic(topic.name(), term.backoff().failed(path, outcome.error()));
            }
            ends.forEach((partition, end) -> {
                end.accept(outcome);
                term.work().end(partition, true);
            });
            term.work().endTopic(topic.name());
            term.work().wakeUp();
        }
    }
}
