package io.quorate.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Three members, each in a network of its own, and what happens when links between them are cut or slow. */
final class PartitionTest {

    private static final int ROUNDS = Integer.getInteger("quorate.partition.rounds", 3);
    private static final long SEED = Long.getLong("quorate.partition.seed", System.nanoTime() & 0xffffff);
    private static final int MEMBERS = 3;
    private static final int LOAD_MILLIS_MAX = 1_000;

    /** Twice as long as members wait for each other (syncLimit). */
    private static final int FAULT_MILLIS_MAX = 6_000;

    private enum Partition {
        LEADER_FROM_ALL,
        LEADER_IS_NOT_HEARD,
        LEADER_DOES_NOT_HEAR,
        LEADER_FROM_ONE,
        FOLLOWER_FROM_ALL,
        EVERYBODY_ALONE,
        SLOW_LEADER
    }

    private final Random random = new Random(SEED);
    private Namespaces networks;
    private EnsembleProcesses ensemble;

    @BeforeEach
    void start(TestInfo test) throws IOException {
        String obstacle = Namespaces.obstacle();
        if (!obstacle.isEmpty()) {
            System.out.println("skipped, as networks cannot be made here: " + obstacle);
        }
        assumeTrue(obstacle.isEmpty(), obstacle);
        networks = Namespaces.create(MEMBERS);
        ensemble = EnsembleProcesses.on(
                "partition-" + test.getTestMethod().orElseThrow().getName(), networks.seats(), EnsembleProcesses.KIND);
        ensemble.start();
    }

    @AfterEach
    void end() {
        if (ensemble != null) {
            ensemble.close();
        }
        if (networks != null) {
            networks.close();
        }
    }

    @Test
    void aLeaderThatIsCutOffStepsDownAndFollowsItsSuccessor() throws IOException {
        Member cut = ensemble.leader();
        for (Member other : ensemble.followers()) {
            networks.cut(cut.sid(), other.sid());
            networks.cut(other.sid(), cut.sid());
        }
        List<Member> majority = new ArrayList<>(ensemble.members());
        majority.remove(cut);
        EnsembleProcesses.await("a successor")
                .until(() -> majority.stream().anyMatch(member -> member.mode().equals("leader")));
        EnsembleProcesses.await("the end of its lead").until(() -> !cut.mode().equals("leader"));
        ensemble.leader().create("/without-it");
        networks.heal();
        EnsembleProcesses.await("a follower").until(() -> cut.mode().equals("follower"));
        assertThat(Convergence.await(ensemble).nodes()).containsKey("/without-it");
    }

    @Test
    void historiesAreRightAndMembersConvergeWhateverLinksAreCut() {
        System.out.printf(
                "seed %d; again with: mvn -pl coordinator -am test -Dtest=PartitionTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.partition.seed=%d"
                        + " -Dquorate.partition.rounds=%d -Dquorate.ensemble.server=%s%n",
                SEED, SEED, ROUNDS, EnsembleProcesses.KIND.name().toLowerCase(Locale.ROOT));
        try (Storm storm = new Storm(ensemble, random)) {
            storm.rage(ROUNDS, SEED, this::divide);
        }
    }

    private String divide(Pauses pauses, Runnable onFirst) throws InterruptedException {
        // These are no waits for something: they are the moments that the seed chose.
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LOAD_MILLIS_MAX));
        Partition partition = Partition.values()[random.nextInt(Partition.values().length)];
        long from = System.nanoTime();
        int millis = random.nextInt(FAULT_MILLIS_MAX);
        try {
            String how = cut(partition, ensemble.leader().sid());
            onFirst.run();
            TimeUnit.MILLISECONDS.sleep(millis);
            networks.heal();
            ensemble.awaitServing();
            pauses.add(from, System.nanoTime());
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LOAD_MILLIS_MAX));
            return partition + how + " for " + millis + " ms";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String cut(Partition partition, int leader) throws IOException {
        int follower = 1 + (leader + random.nextInt(MEMBERS - 1)) % MEMBERS;
        if (partition == Partition.SLOW_LEADER) {
            return ", " + networks.slow(leader);
        }
        for (int from = 1; from <= MEMBERS; from++) {
            for (int to = 1; to <= MEMBERS; to++) {
                if (from != to && isCut(partition, leader, follower, from, to)) {
                    networks.cut(from, to);
                }
            }
        }
        return "";
    }

    private static boolean isCut(Partition partition, int leader, int follower, int from, int to) {
        return switch (partition) {
            case LEADER_FROM_ALL -> from == leader || to == leader;
            case LEADER_IS_NOT_HEARD -> from == leader;
            case LEADER_DOES_NOT_HEAR -> to == leader;
            case LEADER_FROM_ONE -> (from == leader && to == follower) || (from == follower && to == leader);
            case FOLLOWER_FROM_ALL -> from == follower || to == follower;
            case EVERYBODY_ALONE -> true;
            case SLOW_LEADER -> false;
        };
    }
}
