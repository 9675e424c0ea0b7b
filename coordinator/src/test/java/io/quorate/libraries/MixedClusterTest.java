package io.quorate.libraries;

import io.quorate.ensemble.EnsembleProcesses;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two real brokers of Kafka and one of this library, all candidates, of whom whoever is controller loses the office again and again
 * (broker-registry 14, tests 2 and 3): the invariants hold over all that is committed, and topics of either side are led, whoever made
 * them and whoever is controller. Kafka's clients are asked only while Kafka is controller, for its brokers know of no other; meanwhile
 * it is Kafka's old command that creates topics.
 */
final class MixedClusterTest {
    private static final int KILLS = Integer.getInteger("quorate.mixedcluster.kills", 1);
    private static final long SEED = Long.getLong("quorate.mixedcluster.seed", System.nanoTime() & 0xffffff);

    private final Random random = new Random(SEED);
    private final Map<OfficeMove, Integer> moves = new EnumMap<>(OfficeMove.class);

    @Test
    void theOfficeMovesBetweenKafkaAndUs() throws Exception {
        run(KafkaKind.NEW);
    }

    @ParameterizedTest
    @EnumSource(
            value = KafkaKind.class,
            names = {"MIDDLE", "OLD"})
    @EnabledIfSystemProperty(
            named = "quorate.mixedcluster.old",
            matches = "true",
            disabledReason = "old versions of Kafka take their time; profile long has them")
    void theOfficeMovesBetweenOldKafkaAndUs(KafkaKind kafka) throws Exception {
        run(kafka);
    }

    private void run(KafkaKind kafka) throws Exception {
        System.out.printf(
                "seed %d; again with: mvn -pl coordinator -am test -Dtest=MixedClusterTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.mixedcluster.seed=%d"
                        + " -Dquorate.mixedcluster.kills=%d -Dquorate.mixedcluster.old=%b -Dquorate.ensemble.server=%s%n",
                SEED,
                SEED,
                KILLS,
                kafka != KafkaKind.NEW,
                EnsembleProcesses.KIND.name().toLowerCase(Locale.ROOT));
        MixedCluster cluster = new MixedCluster(kafka);
        try (cluster) {
            cluster.open();
            for (int kill = 1; kill <= KILLS; kill++) {
                move(cluster, kill);
            }
            settle(cluster);
        } catch (AssertionError | Exception e) {
            throw new AssertionError("Kafka " + kafka.version() + ", seed " + SEED + ", " + cluster.story(), e);
        }
    }

    private void move(MixedCluster cluster, int kill) throws Exception {
        long from = System.nanoTime();
        int terms = cluster.terms();
        ClusterBroker controller = cluster.controller();
        OfficeMove move = OfficeMove.any(random);
        moves.merge(move, 1, Integer::sum);
        move.strike(controller, cluster);
        if (random.nextBoolean()) {
            // For whoever is elected to find.
            cluster.createWithOurs(1 + random.nextInt(3), 1 + random.nextInt(2));
        }
        cluster.awaitTermAfter(terms);
        move.heal(controller);
        cluster.awaitRest();
        create(cluster, kill);
        cluster.awaitRest();
        System.out.printf(
                Locale.ROOT,
                "%d: %s of %d after which %d is controller, in %.1f s%n",
                kill,
                move,
                controller.id(),
                cluster.controller().id(),
                (System.nanoTime() - from) / 1e9);
    }

    private void create(MixedCluster cluster, int kill) throws Exception {
        int partitions = 1 + random.nextInt(3);
        int replicas = 1 + random.nextInt(MixedCluster.ALL.size());
        boolean isKafka = cluster.controller().id() != MixedCluster.OURS;
        switch (kill % 4) {
            case 0, 2 -> cluster.createWithOurs(partitions, replicas);
            case 1 -> {
                if (isKafka) {
                    cluster.createWithClient(partitions, replicas);
                } else {
                    cluster.createWithTool(partitions, replicas);
                }
            }
            default -> cluster.createAsVersion2();
        }
    }

    /** Both sides have been in office, and in the end they agree. */
    private void settle(MixedCluster cluster) throws Exception {
        cluster.moveOfficeTo(id -> id != MixedCluster.OURS);
        cluster.moveOfficeTo(id -> id == MixedCluster.OURS);
        cluster.createWithTool(1, MixedCluster.ALL.size());
        cluster.awaitRest();
        cluster.moveOfficeTo(id -> id != MixedCluster.OURS);
        cluster.createWithClient(1, MixedCluster.ALL.size());
        cluster.awaitRest();
        cluster.compare();
        cluster.checkOutput();
        System.out.println(moves + "; " + cluster.story());
        cluster.checkMoves(1 + KILLS / 10);
    }
}
