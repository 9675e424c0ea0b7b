package io.quorate.ensemble;

import static io.quorate.ensemble.EnsembleProcesses.KIND;
import static io.quorate.harness.ServerKind.ZOOKEEPER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.harness.ServerKind;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.AuthPacket;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.SyncRequest;
import io.quorate.xcheck.RandomWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One member among ZooKeepers, in every role and brought level in every way: after writes of all kinds through all members,
 * all hold the same tree with the same digests, and no member counts a digest that differs.
 */
final class MixedEnsembleTest {

    private static final int WRITES = Integer.getInteger("quorate.mixed.writes", 1_000);
    private static final long SEED = Long.getLong("quorate.mixed.seed", System.nanoTime() & 0xffffff);

    /** Fewer than a leader keeps at hand for members that come back (500). */
    private static final int FEW = 50;

    /** More than that, so it sends a snapshot: with {@code snapshotSizeFactor} -1 it does not read its log for them. */
    private static final int MANY = 2_000;

    private static final String QUOTA_LIMITS = "/zookeeper/quota/q/zookeeper_limits";
    private static final int SESSION_MILLIS = 30_000;
    private static final int EPHEMERAL = 1;

    private EnsembleProcesses ensemble;
    private long seed = SEED;

    private void ensemble(String name, List<ServerKind> kinds, Set<Integer> observers) {
        System.out.printf(
                "seed %d; again with: mvn -pl coordinator -am test -Dtest=MixedEnsembleTest#%s"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.mixed.seed=%d -Dquorate.mixed.writes=%d%n",
                SEED, name, SEED, WRITES);
        ensemble = EnsembleProcesses.of("mixed-" + name, kinds, observers).with("snapshotSizeFactor", "-1");
    }

    @AfterEach
    void end() {
        ensemble.close();
    }

    @Test
    void joinsAsFollowerByDiffAndBySnap() throws IOException {
        ensemble("joinsAsFollowerByDiffAndBySnap", List.of(KIND, ZOOKEEPER, ZOOKEEPER), Set.of());
        Member joining = ensemble.member(1);
        ensemble.member(2).launch();
        ensemble.member(3).launch();
        ensemble.awaitServing();
        write(ensemble.leader(), MANY);
        startBy("snap", joining);
        assertThat(joining.mode()).isEqualTo("follower");
        joining.kill();
        write(ensemble.leader(), FEW);
        startBy("diff", joining);
        joining.kill();
        write(ensemble.leader(), MANY);
        startBy("snap", joining);
        writeThroughAllAndCompareDigests();
    }

    @Test
    void joinsAsObserver() throws IOException {
        ensemble("joinsAsObserver", List.of(ZOOKEEPER, ZOOKEEPER, KIND), Set.of(3));
        Member observer = ensemble.member(3);
        ensemble.member(1).launch();
        ensemble.member(2).launch();
        ensemble.awaitServing();
        write(ensemble.leader(), MANY);
        startBy("snap", observer);
        assertThat(observer.mode()).isEqualTo("observer");
        observer.kill();
        write(ensemble.leader(), FEW);
        startBy("diff", observer);
        writeThroughAllAndCompareDigests();
    }

    @Test
    void leadsZooKeepersAndIsSucceededByOne() throws IOException {
        ensemble("leadsZooKeepersAndIsSucceededByOne", List.of(ZOOKEEPER, ZOOKEEPER, KIND), Set.of());
        ensemble.member(3).launch();
        ensemble.member(1).launch();
        ensemble.awaitServing();
        ensemble.member(2).start();
        Member leader = ensemble.leader();
        assertThat(leader.sid()).as("the highest of equals leads").isEqualTo(3);
        writeThroughAllAndCompareDigests();
        Member follower = ensemble.member(1);
        follower.kill();
        write(leader, FEW);
        follower.start();
        follower.wipe();
        write(leader, MANY);
        follower.start();
        Convergence.await(ensemble);
        leader.kill();
        Member next = EnsembleProcesses.await("a successor").until(ensemble::leader, other -> other != leader);
        write(next, FEW);
        leader.start();
        assertThat(leader.mode()).isEqualTo("follower");
        writeThroughAll();
        Convergence.await(ensemble);
    }

    @Test
    void sessionsMoveBetweenTheKinds() throws IOException {
        ensemble("sessionsMoveBetweenTheKinds", List.of(KIND, ZOOKEEPER, ZOOKEEPER), Set.of());
        ensemble.start();
        for (Member first : ensemble.members()) {
            String path = "/of-" + first.sid();
            RawSession.Ticket ticket;
            try (RawSession session = RawSession.open(first.address(), SESSION_MILLIS)) {
                ticket = session.ticket();
                CreateRequest create = new CreateRequest(path, new byte[0], Acl.OPEN_UNSAFE, EPHEMERAL);
                assertThat(session.call(OpCode.CREATE, create).err()).isZero();
            }
            for (Member next : ensemble.members()) {
                move(ticket, next, path);
            }
            RawSession last = RawSession.open(first.address(), SESSION_MILLIS, ticket, 0);
            assertThat(last.end().err()).isZero();
            last.close();
            for (Member member : ensemble.members()) {
                assertThatIsGone(path, member);
            }
        }
        Convergence.await(ensemble);
    }

    private void move(RawSession.Ticket ticket, Member next, String path) throws IOException {
        RawSession.Ticket forged = new RawSession.Ticket(ticket.id(), new byte[16]);
        try (RawSession thief = RawSession.open(next.address(), SESSION_MILLIS, forged, 0)) {
            assertThat(thief.isRefused()).as("without its password").isTrue();
        }
        try (RawSession moved = RawSession.open(next.address(), SESSION_MILLIS, ticket, 0)) {
            assertThat(moved.isRefused()).as("taken to %s", next).isFalse();
            CreateRequest create = new CreateRequest(path + "-at-" + next.sid(), new byte[0], Acl.OPEN_UNSAFE, 0);
            assertThat(moved.call(OpCode.CREATE, create).err()).isZero();
            assertThat(moved.call(OpCode.EXISTS, new ExistsRequest(path, false)).err())
                    .isZero();
        }
    }

    private static void assertThatIsGone(String path, Member member) throws IOException {
        try (RawSession session = RawSession.open(member.address(), SESSION_MILLIS)) {
            session.call(OpCode.SYNC, new SyncRequest("/"));
            Reply reply = session.call(OpCode.EXISTS, new ExistsRequest(path, false));
            assertThat(reply.isError(ErrorCode.NO_NODE))
                    .as("%s on %s", path, member)
                    .isTrue();
            session.end();
        }
    }

    /** Starts a member, which must be brought level in this way. */
    private void startBy(String way, Member joining) {
        Member leader = ensemble.leader();
        double before = count(leader, way);
        joining.start();
        assertThat(count(leader, way)).as("%s sent to %s", way, joining).isEqualTo(before + 1);
    }

    private static double count(Member leader, String way) {
        return leader.metric("zk_" + way + "_count");
    }

    private void write(Member member, int count) {
        seed++;
        write(member, count, seed);
    }

    private static void write(Member member, int count, long seed) {
        try (RandomWriter writer = new RandomWriter(member.address(), seed)) {
            writer.write(count);
            assertThat(writer.done()).as("writes that took effect").isGreaterThan(count / 10);
        }
        leaveReadableLimits(member);
    }

    /** While a quota's limits cannot be read, ZooKeeper's {@code mntr} ends where it would tell them, before what is asked for here. */
    private static void leaveReadableLimits(Member member) {
        try (RawSession session = RawSession.open(member.address(), SESSION_MILLIS)) {
            session.call(OpCode.AUTH, new AuthPacket(0, "digest", EnsembleProcesses.SUPER.getBytes(UTF_8)));
            Reply reply = session.call(
                    OpCode.SET_DATA, new SetDataRequest(QUOTA_LIMITS, "count=-1,bytes=-1".getBytes(UTF_8), -1));
            assertThat(reply.err() == 0 || reply.isError(ErrorCode.NO_NODE))
                    .as("limits set: %s", reply.err())
                    .isTrue();
            session.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All kinds of writes through every member at the same time. */
    private void writeThroughAll() {
        seed++;
        CompletableFuture.allOf(ensemble.members().stream()
                        .map(member ->
                                CompletableFuture.runAsync(() -> write(member, WRITES, seed * 10 + member.sid())))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /**
     * The same, and looks at digests: those of the trees are equal; those that a Quorate leader predicts are right, and where
     * ZooKeeper leads and predicts wrong ones, all members find the same number wrong. No ZooKeeper must have been restarted.
     */
    private void writeThroughAllAndCompareDigests() throws IOException {
        List<Double> before = digestMismatches();
        writeThroughAll();
        Convergence.await(ensemble);
        List<Double> after = digestMismatches();
        List<Double> found = IntStream.range(0, after.size())
                .mapToObj(i -> after.get(i) - before.get(i))
                .toList();
        if (ensemble.leader().kind() == ServerKind.QUORATE) {
            assertThat(found).as("mismatches by member").containsOnly(0.0);
        } else {
            assertThat(Set.copyOf(found)).as("mismatches by member: %s", found).hasSize(1);
        }
        Convergence.compareDigests(ensemble.members());
    }

    private List<Double> digestMismatches() {
        return ensemble.members().stream().map(Member::digestMismatches).toList();
    }
}
