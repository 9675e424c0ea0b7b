package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.BrokerJson;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.sim.SimTree.Committed;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.Write.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;

/** What must be true of every transaction, by the names of registry spec 14. */
public final class Invariants {
    private final SimTree tree;
    private final LongPredicate isMember;
    private final LongPredicate isAlive;
    private final LongPredicate electsInSteps;
    private final boolean mayServersForget;
    private final Set<Long> candidates = new HashSet<>();
    /** Whose node was taken away while the servers took them for alive: they have been told that they are over. */
    private final Set<Long> ended = new HashSet<>();

    private final Map<Integer, BrokerInfo> removed = new HashMap<>();
    private final Map<Integer, Long> brokerEpochs = new HashMap<>();
    private final Map<TopicPartition, Map<Integer, Integer>> leaders = new HashMap<>();
    private final Set<String> deletionBegun = new HashSet<>();
    /** Moves of which the topic's node alone does not know that they are complete, as it tells them. */
    private final Map<TopicPartition, ReplicaSet> arrived = new HashMap<>();

    private long checked;
    /** In which the present controller, or the last one, was elected; 0 before the first. */
    private long elected;

    /**
     * @param isMember whether a session is that of a broker; others are administrators
     * @param isAlive whether a session is not over
     */
    public Invariants(SimTree tree, LongPredicate isMember, LongPredicate isAlive) {
        this(tree, isMember, isAlive, session -> false, false);
    }

    /**
     * The same on real servers and beside brokers of others. Servers may tell a client that its session is over and not end it, if
     * they lose their leader just then (ZOOKEEPER-2985); its broker may take away what is left of it (registry spec 4.2).
     *
     * @param isMember whether a session is that of a broker that must fence all it does as controller; what others fence is
     *     checked too, and what they do not is left alone
     * @param electsInSteps whether a session may create the controller first and raise the epoch in a later transaction, as Kafka
     *     before 2.1 does
     */
    public Invariants(SimTree tree, LongPredicate isMember, LongPredicate isAlive, LongPredicate electsInSteps) {
        this(tree, isMember, isAlive, electsInSteps, true);
    }

    private Invariants(
            SimTree tree,
            LongPredicate isMember,
            LongPredicate isAlive,
            LongPredicate electsInSteps,
            boolean mayServersForget) {
        this.tree = tree;
        this.isMember = isMember;
        this.isAlive = isAlive;
        this.electsInSteps = electsInSteps;
        this.mayServersForget = mayServersForget;
        tree.observe(this::check);
    }

    /** How many transactions were looked at. */
    public long checked() {
        return checked;
    }

    /** Whether a part of a topic was deleted already, so that its brokers were told to stop. */
    boolean isBeingDeleted(String topic) {
        return deletionBegun.contains(topic);
    }

    /** Whether all replicas of the target, and no others, have been in sync since these are the replicas of a partition. */
    boolean hasArrived(TopicPartition partition, ReplicaSet replicas) {
        return replicas.equals(arrived.get(partition));
    }

    private void check(Committed committed) {
        checked++;
        assertThat(ended.contains(committed.session()) && isAlive.test(committed.session()))
                .as("R3: whose node was taken away is heard of no more: %s", committed)
                .isFalse();
        committed.after().forEach((path, after) -> {
            SimNode before = committed.before().get(path);
            boolean isDataChanged = before == null || after == null || before.version() != after.version();
            if (isDataChanged) {
                node(committed, path, before, after);
            }
        });
        controllerEpoch(committed);
        fence(committed);
    }

    private void node(Committed committed, String path, SimNode before, SimNode after) {
        TopicPartition partition = RegistryPaths.partitionOf(path);
        String topic = RegistryPaths.topicOf(path);
        if (RegistryPaths.brokerOf(path) >= 0) {
            broker(committed, RegistryPaths.brokerOf(path), before, after);
        } else if (partition != null) {
            state(committed, partition, before, after);
        } else if (topic != null) {
            topic(committed, topic, before, after);
        } else if (path.startsWith(RegistryPaths.DELETE_TOPICS + "/") && after == null) {
            String deleted = path.substring(RegistryPaths.DELETE_TOPICS.length() + 1);
            assertThat(tree.exists(RegistryPaths.topic(deleted)))
                    .as("D1: the request goes last: %s", committed)
                    .isFalse();
            deletionBegun.remove(deleted);
        }
    }

    private void broker(Committed committed, int id, SimNode before, SimNode after) {
        if (before == null && after != null) {
            assertThat(after.czxid()).as("R2: broker epochs grow").isGreaterThan(brokerEpochs.getOrDefault(id, -1L));
            brokerEpochs.put(id, after.czxid());
            BrokerInfo earlier = removed.remove(id);
            assertThat(earlier == null || earlier.endpoints().equals(info(after).endpoints()))
                    .as("R3: nobody takes the place of another broker: %s", committed)
                    .isTrue();
        } else if (after == null && before.owner() != committed.session() && isAlive.test(before.owner())) {
            assertThat(mayServersForget)
                    .as("R3: nobody takes the node of another live session: %s", committed)
                    .isTrue();
            ended.add(before.owner());
            removed.put(id, info(before));
        }
        if (before != null && after != null) {
            assertThat(after.owner()).as("R1: a registration keeps its owner").isEqualTo(before.owner());
        }
    }

    private static BrokerInfo info(SimNode node) {
        return BrokerJson.decode(node.data()).info();
    }

    private void controllerEpoch(Committed committed) {
        SimNode epochBefore = committed.before().get(RegistryPaths.CONTROLLER_EPOCH);
        SimNode epochAfter = committed.after().get(RegistryPaths.CONTROLLER_EPOCH);
        boolean isElection = committed.after().get(RegistryPaths.CONTROLLER) != null;
        boolean isRise = epochAfter != null && epochBefore != null;
        if (isElection) {
            candidates.add(committed.session());
        }
        if (isElection || isRise) {
            assertThat((isElection && isRise) || electsInSteps.test(committed.session()))
                    .as("C1: controller and epoch change together: %s", committed)
                    .isTrue();
        }
        if (isRise) {
            assertThat(candidates)
                    .as("C1: who raises the epoch has been elected: %s", committed)
                    .contains(committed.session());
            assertThat(ControllerJson.decodeEpoch(epochAfter.data()))
                    .as("C1")
                    .isEqualTo(ControllerJson.decodeEpoch(epochBefore.data()) + 1);
            elected = committed.session();
        }
    }

    /** C2; that the fence has held is for the server to say, whose session it must be is said here. */
    private void fence(Committed committed) {
        boolean isLeader = committed.writes().size() == 1
                && committed.writes().get(0).kind() == Kind.SET
                && RegistryPaths.partitionOf(committed.writes().get(0).path()) != null;
        boolean isControllerWrite = committed.writes().stream().anyMatch(this::isControllerWrite);
        Write first = committed.writes().get(0);
        boolean isFenced = first.kind() == Kind.CHECK && first.path().equals(RegistryPaths.CONTROLLER_EPOCH);
        if (isMember.test(committed.session()) && isControllerWrite && !isLeader) {
            assertThat(isFenced).as("C2: the fence comes first: %s", committed).isTrue();
        }
        if (isFenced) {
            assertThat(committed.session())
                    .as("C2: nobody but the last who was elected: %s", committed)
                    .isEqualTo(elected);
        }
    }

    private boolean isControllerWrite(Write write) {
        boolean isTopics = write.path().startsWith(RegistryPaths.TOPICS + "/");
        boolean isRequest = write.path().startsWith(RegistryPaths.ADMIN + "/")
                || write.path().startsWith(RegistryPaths.ISR_CHANGES + "/");
        return (isTopics && write.kind() != Kind.CHECK)
                || (isRequest && (write.kind() == Kind.DELETE || write.kind() == Kind.SET));
    }

    private void state(Committed committed, TopicPartition partition, SimNode before, SimNode after) {
        if (after == null) {
            if (tree.exists(RegistryPaths.deletion(partition.topic()))) {
                deletionBegun.add(partition.topic());
            }
            leaders.remove(partition);
            return;
        }
        PartitionState now = StateJson.decode(after.data());
        PartitionState then = before == null ? null : StateJson.decode(before.data());
        assertThat(now.hasLeader() && deletionBegun.contains(partition.topic()))
                .as("D1: nobody leads %s while its topic is being deleted", partition)
                .isFalse();
        insync(committed, partition, then, now);
        int other = leaders.computeIfAbsent(partition, any -> new HashMap<>())
                .computeIfAbsent(now.leaderEpoch(), epoch -> now.leader());
        assertThat(other)
                .as("S1: one leader of %s in one epoch: %s", partition, now)
                .isEqualTo(now.leader());
        if (then != null) {
            assertThat(now.leaderEpoch()).as("S1: leader epoch").isGreaterThanOrEqualTo(then.leaderEpoch());
            assertThat(now.controllerEpoch()).as("S1: controller epoch").isGreaterThanOrEqualTo(then.controllerEpoch());
            assertThat(after.version()).as("S1: partition epoch").isEqualTo(before.version() + 1);
            elected(partition, then, now);
        }
    }

    private void insync(Committed committed, TopicPartition partition, PartitionState then, PartitionState now) {
        TopicAssignment assignment = TopicJson.decode(
                tree.node(RegistryPaths.topic(partition.topic())).data());
        assertThat(now.isr())
                .as("S2: somebody is in sync: %s", partition)
                .isNotEmpty()
                .doesNotHaveDuplicates();
        assertThat(!now.hasLeader() || now.isr().contains(now.leader()))
                .as("S2: the leader is in sync: %s", now)
                .isTrue();
        assertThat(assignment.replicas(partition.partition()))
                .as("S2: who is in sync is a replica: %s %s after %s by %s", partition, now, then, committed.writes())
                .containsAll(now.isr());
        ReplicaSet replicas = assignment.replicaSet(partition.partition());
        boolean isThere = replicas.target().contains(now.leader())
                && new HashSet<>(replicas.target()).equals(new HashSet<>(now.isr()));
        if (replicas.isMoving() && isThere) {
            arrived.put(partition, replicas);
        }
    }

    private void elected(TopicPartition partition, PartitionState then, PartitionState now) {
        boolean isNew = now.hasLeader() && now.leader() != then.leader();
        if (!isNew || then.isr().contains(now.leader())) {
            return;
        }
        SimNode config = tree.node(RegistryPaths.config(ConfigEntity.topic(partition.topic())));
        boolean isAllowed =
                config != null && "true".equals(ConfigJson.decode(config.data()).get("unclean.leader.election.enable"));
        assertThat(isAllowed)
                .as("S3: unclean leaders are allowed: %s %s", partition, now)
                .isTrue();
        assertThat(now.isr()).as("S3").containsExactly(now.leader());
        assertThat(now.recovery()).as("S3").isEqualTo(PartitionState.RECOVERING);
    }

    private void topic(Committed committed, String name, SimNode before, SimNode after) {
        if (after == null) {
            arrived.keySet().removeIf(partition -> partition.topic().equals(name));
            return;
        }
        TopicAssignment now = TopicJson.decode(after.data());
        now.replicas().keySet().forEach(partition -> moving(name, partition, now.replicaSet(partition)));
        for (int partition : now.replicas().keySet()) {
            SimNode state = tree.node(RegistryPaths.state(new TopicPartition(name, partition)));
            if (state != null) {
                assertThat(now.replicas(partition))
                        .as("S2: who is in sync stays a replica: %s-%d", name, partition)
                        .containsAll(StateJson.decode(state.data()).isr());
            }
        }
        if (before != null) {
            TopicAssignment then = TopicJson.decode(before.data());
            assertThat(now.replicas().keySet())
                    .as("no partition is lost")
                    .containsAll(then.replicas().keySet());
            then.moving().forEach(partition -> moved(committed, new TopicPartition(name, partition), then, now));
            if (then.topicId() != null) {
                assertThat(now.topicId()).as("A1: a topic keeps its id").isEqualTo(then.topicId());
            }
        }
    }

    /** Spec 9, A and B; others than our controllers may end moves in their way. */
    private void moved(Committed committed, TopicPartition partition, TopicAssignment then, TopicAssignment now) {
        ReplicaSet moving = then.replicaSet(partition.partition());
        ReplicaSet next = now.replicaSet(partition.partition());
        if (isMember.test(committed.session()) && next.equals(ReplicaSet.settled(moving.target()))) {
            assertThat(hasArrived(partition, moving))
                    .as("B: %s ends its move when all of %s have been in sync: %s", partition, moving, committed)
                    .isTrue();
        }
        if (!next.equals(moving)) {
            arrived.remove(partition);
        }
    }

    private static void moving(String name, int partition, ReplicaSet replicas) {
        String what = name + "-" + partition + ": " + replicas;
        List<Integer> all = replicas.replicas();
        assertThat(all).as("A1: %s", what).doesNotHaveDuplicates().isNotEmpty();
        assertThat(all).as("A1: %s", what).containsAll(replicas.adding()).containsAll(replicas.removing());
        assertThat(replicas.removing()).as("A1: %s", what).noneMatch(replicas.adding()::contains);
        List<Integer> tail = all.subList(all.size() - replicas.removing().size(), all.size());
        assertThat(tail)
                .as("A1: what is to go comes last: %s", what)
                .containsExactlyInAnyOrderElementsOf(replicas.removing());
    }
}
