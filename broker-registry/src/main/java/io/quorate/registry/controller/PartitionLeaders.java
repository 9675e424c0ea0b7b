package io.quorate.registry.controller;

import io.quorate.registry.election.LeaderElection;
import io.quorate.registry.election.Situation;
import io.quorate.registry.election.Situation.Wish;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gives partitions their states: asks {@link LeaderElection} what is next, and has it written if it has not changed meanwhile. */
final class PartitionLeaders {
    private final Term term;
    private final LiveBrokers brokers;
    private final UncleanPolicy unclean;
    private final Moves moves;
    private final Set<TopicPartition> preferred = new HashSet<>();
    private final Set<TopicPartition> uncleanWanted = new HashSet<>();
    private final Set<String> knownParents = new HashSet<>();

    PartitionLeaders(Term term, LiveBrokers brokers, UncleanPolicy unclean, Moves moves) {
        this.term = term;
        this.brokers = brokers;
        this.unclean = unclean;
        this.moves = moves;
    }

    /** The first replicas of these are to lead, if they can. */
    void prefer(Collection<TopicPartition> partitions) {
        preferred.addAll(partitions);
        term.work().lookAt(partitions);
    }

    /**
     * Whether it is still to be seen if the first replica of any of these can lead. One about which nothing can be done for now
     * is no reason to wait: as long as a request stands, nobody else can ask.
     */
    boolean isAnyPreferred(Collection<TopicPartition> partitions) {
        return partitions.stream().anyMatch(partition -> preferred.contains(partition) && term.isOpen(partition));
    }

    /** Somebody alive is to lead these rather than nobody, whatever is lost. */
    void allowUnclean(Collection<TopicPartition> partitions) {
        uncleanWanted.addAll(partitions);
        term.work().lookAt(partitions);
    }

    /** Looks at a partition, and orders what is to be done. */
    void step(TopicPartition partition) {
        ReplicaSet replicas = term.image().replicas(partition);
        if (replicas == null) {
            forget(partition);
            return;
        }
        StoredState stored = term.image().state(partition);
        Set<Wish> wishes = wishes(partition, stored);
        PartitionState state = stored == null ? null : stored.state();
        PartitionState next = LeaderElection.next(
                new Situation(replicas, state, term.fence().epoch(), wishes), brokers.of(partition));
        if (next == null) {
            forget(partition);
        } else {
            write(partition, stored, next);
        }
    }

    private Set<Wish> wishes(TopicPartition partition, StoredState stored) {
        Set<Wish> wishes = EnumSet.noneOf(Wish.class);
        if (preferred.contains(partition)) {
            wishes.add(Wish.PREFERRED_LEADER);
        }
        if (stored != null) {
            wishes.addAll(moves.wishes(partition));
            if (term.areKnown(stored.state().isr())
                    && !LeaderElection.isCleanPossible(stored.state(), brokers.of(partition))
                    && (uncleanWanted.contains(partition) || unclean.isAllowed(partition.topic()))) {
                wishes.add(Wish.UNCLEAN_LEADER);
            }
        }
        return wishes;
    }

    private void write(TopicPartition partition, StoredState stored, PartitionState next) {
        term.work().begin(partition);
        Runnable granted = granted(partition);
        ImageChange change = term.change();
        if (stored == null) {
            change.createState(partition, next, missingParents(partition));
        } else {
            change.setState(partition, next, stored.version());
        }
        change.submit(term.writer(), outcome -> {
            if (outcome.isDone()) {
                granted.run();
                onWritten(partition, next, change);
            } else {
                onRefused(partition, change, outcome);
            }
            // One decision takes account of all that is known, but a move has a next step.
            term.work().end(partition, !outcome.isDone() || moves.isOpen(partition));
            term.work().wakeUp();
        });
    }

    /** What is wanted of a partition now is granted by what is decided now; what is wanted later is not. */
    private Runnable granted(TopicPartition partition) {
        boolean isPreferred = preferred.contains(partition);
        boolean isUnclean = uncleanWanted.contains(partition);
        return () -> {
            if (isPreferred) {
                preferred.remove(partition);
            }
            if (isUnclean) {
                uncleanWanted.remove(partition);
            }
        };
    }

    /** What a controller that died between its steps may have left is found out by trying: a topic is new, as a rule. */
    private List<String> missingParents(TopicPartition partition) {
        TopicImage topic = term.image().topic(partition.topic());
        List<String> missing = new ArrayList<>();
        String all = RegistryPaths.partitions(partition.topic());
        if (topic.states().isEmpty() && knownParents.add(all)) {
            missing.add(all);
        }
        if (!knownParents.contains(RegistryPaths.partition(partition))) {
            missing.add(RegistryPaths.partition(partition));
        }
        return missing;
    }

    private void onWritten(TopicPartition partition, PartitionState next, ImageChange change) {
        term.backoff().succeeded(change.lastPath());
        if (!knownParents.isEmpty()) {
            knownParents.remove(RegistryPaths.partition(partition));
        }
        moves.onDecided(partition, next);
        term.tellDecided(partition);
    }

    private void onRefused(TopicPartition partition, ImageChange change, Outcome outcome) {
        if (outcome.error() == ErrorCode.NODE_EXISTS && outcome.index() >= 0) {
            knownParents.add(change.path(outcome.index()));
        } else {
            // Without the nodes above there is no topic, or not the one that we know.
            knownParents.remove(RegistryPaths.partitions(partition.topic()));
            knownParents.remove(RegistryPaths.partition(partition));
            term.follower().refresh(List.of(RegistryPaths.topic(partition.topic())));
        }
        term.work().rest(partition, term.backoff().failed(RegistryPaths.state(partition), outcome.error()));
    }

    private void forget(TopicPartition partition) {
        preferred.remove(partition);
        uncleanWanted.remove(partition);
    }

    /** Nothing is wanted any more of the partitions of a topic. */
    void forgetAll(String topic) {
        preferred.removeIf(partition -> partition.topic().equals(topic));
        uncleanWanted.removeIf(partition -> partition.topic().equals(topic));
    }

    /** A topic is gone: nobody waits for it, and one of the same name would begin without nodes below it. */
    void onTopicGone(String topic) {
        String partitions = RegistryPaths.partitions(topic);
        forgetAll(topic);
        knownParents.removeIf(path -> path.equals(partitions) || path.startsWith(partitions + "/"));
    }
}
