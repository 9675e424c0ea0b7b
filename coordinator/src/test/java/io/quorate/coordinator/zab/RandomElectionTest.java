package io.quorate.coordinator.zab;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.Seed;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.Zxid;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Ensembles among crashes and broken connections: when these end, one leader is left, and it has all that was committed (P14). */
final class RandomElectionTest {

    private static final int ENSEMBLES = 150;
    private static final int FAULTS = 40;
    private static final long HEALED_MILLIS_MAX = 15_000;
    private static final int SAID_SHOWN = 100;
    private static final long STABLE_MILLIS = 5_000;

    private final Random random = Seed.random(RandomElectionTest.class);

    private static String replay(int ensemble) {
        return "ensemble " + ensemble + "; " + Seed.replay(RandomElectionTest.class);
    }

    private Members members() {
        List<Long> observers =
                LongStream.range(20, 20 + random.nextInt(3)).boxed().toList();
        return switch (random.nextInt(6)) {
            case 0 -> Ensembles.grouped(3, 1, 1, 1, 1, 1, 1, 1, 1, 1);
            case 1 -> Ensembles.grouped(5, 1, 1, 1, 0, 0);
            case 2 -> Ensembles.grouped(2, 2, 1, 1, 1, 3, 0);
            default -> Ensembles.withObservers(1 + random.nextInt(7), observers);
        };
    }

    @Test
    void afterAllFaultsOneLeaderIsLeftThatHasAllThatWasCommitted() {
        for (int ensemble = 0; ensemble < ENSEMBLES; ensemble++) {
            try {
                faultsAndPeace();
            } catch (AssertionError e) {
                throw new AssertionError(replay(ensemble), e);
            }
        }
    }

    private void faultsAndPeace() {
        ElectionNetwork network =
                new ElectionNetwork(members(), new Random(random.nextLong()), 1 + random.nextInt(300));
        for (int fault = 0; fault < FAULTS; fault++) {
            fault(network);
            network.run(random.nextInt(random.nextBoolean() ? 300 : 3000));
            write(network);
        }
        network.heal();
        network.servers().stream().filter(server -> !server.isRunning()).forEach(ElectingServer::start);

        assertThat(network.runUntil(() -> network.leader() != null, HEALED_MILLIS_MAX))
                .as(() -> "one leads, and all follow: " + network.story(SAID_SHOWN))
                .isTrue();
        ElectingServer leader = network.leader();
        network.run(STABLE_MILLIS);
        assertThat(network.leader()).as("and so it stays").isSameAs(leader);
    }

    private void fault(ElectionNetwork network) {
        ElectingServer server = any(network);
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                if (!server.isRunning()) {
                    server.start();
                }
            }
            case 3 -> {
                if (server.isRunning()) {
                    server.stop();
                }
            }
            case 4 -> network.isolate(some(network));
            case 5 -> network.heal();
            default -> breakSome(network);
        }
    }

    private void breakSome(ElectionNetwork network) {
        for (int broken = 0; broken < 5; broken++) {
            ElectingServer one = any(network);
            ElectingServer other = any(network);
            if (one != other) {
                network.breakFor(one.sid, other.sid, random.nextInt(2000));
            }
        }
    }

    private void write(ElectionNetwork network) {
        for (ElectingServer leader : network.servers()) {
            if (leader.isRunning() && leader.serves() && leader.state() == PeerState.LEADING) {
                SortedSet<Long> followers = leader.attached();
                followers.removeIf(sid -> sid == leader.sid
                        || !network.server(sid).serves()
                        || network.server(sid).currentEpoch != leader.currentEpoch
                        || random.nextInt(4) == 0);
                network.write(leader, followers);
            }
        }
    }

    private ElectingServer any(ElectionNetwork network) {
        return List.copyOf(network.servers())
                .get(random.nextInt(network.servers().size()));
    }

    private SortedSet<Long> some(ElectionNetwork network) {
        SortedSet<Long> some = new TreeSet<>();
        network.servers().stream()
                .map(server -> server.sid)
                .filter(sid -> random.nextBoolean())
                .forEach(some::add);
        return some;
    }

    /** Of servers that look at the same time and stay up, the greatest of all is elected, whatever the order of their votes. */
    @Test
    void theGreatestOfAllIsElectedWhenAllLook() {
        for (int ensemble = 0; ensemble < ENSEMBLES; ensemble++) {
            int voters = 1 + random.nextInt(7);
            ElectionNetwork network = new ElectionNetwork(
                    Ensembles.voters(voters), new Random(random.nextLong()), 1 + random.nextInt(150));
            Vote greatest = Vote.NOBODY;
            for (ElectingServer server : network.servers()) {
                long epoch = random.nextInt(3);
                Vote vote = new Vote(server.sid, Zxid.of(random.nextInt((int) epoch + 1), random.nextInt(3)), epoch);
                greatest = vote.beats(greatest, network.members) ? vote : greatest;
                server.start(vote.zxid(), vote.peerEpoch());
            }

            assertThat(network.runUntil(() -> network.leader() != null, HEALED_MILLIS_MAX))
                    .as(replay(ensemble))
                    .isTrue();
            assertThat(network.leader().sid).as(replay(ensemble)).isEqualTo(greatest.leader());
        }
    }
}
