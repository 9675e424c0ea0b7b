package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.core.EnsembleDriver.Member;
import io.quorate.coordinator.core.EnsembleDriver.TestLink;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.coordinator.tree.Paths;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.quorum.SnapshotNode;
import io.quorate.wire.quorum.SnapshotPart;
import io.quorate.wire.quorum.SnapshotPart.NodePart;
import io.quorate.wire.quorum.SnapshotSink;
import io.quorate.wire.quorum.SnapshotStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** The state goes from one member to another as it was at one point in time, and comes back from disk. */
final class StateTransferTest {

    private static final long EPOCH = 1L << 32;
    private static final List<Acl> MINE = List.of(new Acl(Acl.ALL, new Identity("ip", "127.0.0.1")));

    private final List<String> loads = new ArrayList<>();
    private final EnsembleDriver ensemble = new EnsembleDriver(1000, this::load);
    private final Member leader = ensemble.leader();
    private final Member learner = ensemble.learner();
    private final RecordingClient client = leader.connected();
    private final TestLink link = new TestLink();
    private int xid;

    /** What is on disk: one session, and one node of its own. */
    private void load(Recovery into, long upTo) {
        loads.add("load up to " + upTo);
        into.session(5, 4000);
        into.node("", root());
        into.node("/e", ephemeral(5));
        into.snapshotLoaded(upTo, -1, 0);
    }

    private static NodeImage root() {
        return new NodeImage(new byte[0], -1, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static NodeImage ephemeral(long session) {
        return new NodeImage(new byte[0], -1, 1, 1, 1, 1, 0, 0, 0, session, 1);
    }

    /** What arrives of a snapshot stream, as the parts that the core takes. */
    private static final class Parts implements SnapshotSink {
        final List<SnapshotPart> parts = new ArrayList<>();
        boolean ended;

        @Override
        public void session(long id, int timeoutMillis) {
            parts.add(new SnapshotPart.SessionPart(id, timeoutMillis));
        }

        @Override
        public void acl(long id, List<Acl> acl) {
            parts.add(new SnapshotPart.AclPart(id, acl));
        }

        @Override
        public void node(String path, SnapshotNode node) {
            parts.add(SnapshotPart.NodePart.of(path, node));
        }

        @Override
        public void end() {
            ended = true;
        }
    }

    private static List<SnapshotPart> parts(TestLink link) {
        int length = link.chunks.stream().mapToInt(chunk -> chunk.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] chunk : link.chunks) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        Parts sink = new Parts();
        SnapshotStream stream = new SnapshotStream(sink, 1 << 20);
        assertThat(stream.read(new UnsafeBuffer(all), 0, length)).isEqualTo(length);
        assertThat(sink.ended).isTrue();
        return sink.parts;
    }

    private void grow(int nodes) {
        for (int i = 0; i < nodes; i++) {
            leader.driver.request(
                    client,
                    ++xid,
                    OpCode.CREATE,
                    new CreateRequest("/n" + xid, new byte[100], i % 3 == 0 ? MINE : Acl.OPEN_UNSAFE, i % 2));
        }
        ensemble.settle();
    }

    private static long digest(Member member) {
        long[] digest = {0};
        member.driver.look(view -> digest[0] = view.tree().digest());
        return digest[0];
    }

    private void stream() {
        leader.service.stream(link);
        while (leader.driver.core().isWalking()) {
            leader.driver.core().tick();
        }
    }

    private void copyTo(Member member, List<SnapshotPart> parts, long zxid) {
        member.service.retire();
        member.service.beginLoad();
        parts.forEach(member.service::load);
        member.service.endLoad(zxid);
    }

    @Test
    void aCopyIsTheStateAsItWasWhenItBegan() {
        grow(2000);
        long zxid = leader.service.lastApplied();
        long before = digest(leader);
        leader.service.stream(link);
        leader.driver.core().tick();
        grow(300);
        leader.driver.request(client, ++xid, OpCode.SET_DATA, new SetDataRequest("/n5", new byte[7], -1));
        leader.driver.delete(client, ++xid, "/n1900");
        ensemble.settle();
        while (leader.driver.core().isWalking()) {
            leader.driver.core().tick();
        }
        assertThat(leader.heard).contains("streamed");

        copyTo(learner, parts(link), zxid);
        assertThat(digest(learner)).isEqualTo(before);
        assertThat(learner.service.lastApplied()).isEqualTo(zxid);
        learner.driver.look(view -> {
            assertThat(view.sessions().size()).isEqualTo(1);
            assertThat(view.sessions().ephemeralCount()).isEqualTo(1000);
            assertThat(view.tree().acl(view.tree().get("/n1"))).isEqualTo(MINE);
            assertThat(view.tree().get("/zookeeper/config").data().length).isEqualTo(EnsembleDriver.CONFIG.length());
        });
    }

    @Test
    void theConfigurationInACopyGivesWayToOnesOwn() {
        grow(10);
        stream();
        List<SnapshotPart> parts = parts(link);
        int at = IntStream.range(0, parts.size())
                .filter(i ->
                        parts.get(i) instanceof NodePart node && node.path().equals(Paths.CONFIG))
                .findFirst()
                .orElseThrow();
        byte[] foreign = "server.9=elsewhere:1:2:participant\nversion=ff".getBytes(StandardCharsets.UTF_8);
        parts.set(at, new NodePart(Paths.CONFIG, foreign, 1, 9, 9, 9, 9, 9, 0, 0, 0, 9));
        learner.hearLeader();
        copyTo(learner, parts, leader.service.lastApplied());

        learner.driver.look(view -> assertThat(view.tree().get(Paths.CONFIG).data())
                .isEqualTo(EnsembleDriver.CONFIG.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatFollowsACopyIsAppliedToItAndSessionsGoWithTheirEphemerals() {
        grow(10);
        stream();
        List<SnapshotPart> parts = parts(link);
        long zxid = leader.service.lastApplied();
        learner.hearLeader();
        copyTo(learner, parts, zxid);
        leader.driver.request(client, ++xid, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        ensemble.settle();
        learner.service.learn();

        assertThat(digest(learner)).isEqualTo(digest(leader));
        learner.driver.look(view -> {
            assertThat(view.sessions().size()).isZero();
            assertThat(view.stats().digestMismatches()).isZero();
        });
        assertThat(learner.connected().session()).isNotZero();
    }

    @Test
    void aCopyMayHoldWhatFollowsOfItOnceMore() {
        long begun = leader.service.lastApplied();
        learner.hearLeader();
        RecordingClient late = leader.driver.open();
        leader.driver.connect(late, 10_000);
        ensemble.commit();
        Runnable session = learner.fromLeader.poll();
        leader.driver.create(late, 1, "/e", 1);
        ensemble.commit();
        Runnable node = learner.fromLeader.poll();
        stream();
        List<SnapshotPart> parts = new ArrayList<>(parts(link));
        parts.removeIf(part -> part instanceof SnapshotPart.SessionPart one && one.id() == late.session());

        copyTo(learner, parts, begun);
        session.run();
        node.run();
        learner.service.learn();
        assertThat(digest(learner)).isEqualTo(digest(leader));
        leader.driver.request(late, 2, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
        ensemble.settle();

        assertThat(learner.driver.isThere("/e")).isFalse();
        assertThat(digest(learner)).isEqualTo(digest(leader));
        learner.driver.look(view -> assertThat(view.stats().digestMismatches()).isZero());
    }

    @Test
    void theWalkPausesWhileTheLinkDoesNotTakeMore() {
        grow(3000);
        link.unsentBytes = LinkStream.UNSENT_BYTES_MAX;
        leader.service.stream(link);
        long next = leader.driver.callAfter(1);
        assertThat(link.chunks).isEmpty();
        assertThat(next).isEqualTo(2);

        link.unsentBytes = 0;
        while (leader.driver.core().isWalking()) {
            leader.driver.core().tick();
        }
        assertThat(link.chunks.size()).isGreaterThan(1);
        assertThat(parts(link)).hasSizeGreaterThan(3000);
    }

    @Test
    void onlyOneWalkIsUnderWayAtATime() {
        grow(1000);
        leader.driver.core().snapshot();
        assertThat(leader.service.canStream()).isFalse();
        while (leader.driver.core().isWalking()) {
            leader.driver.core().tick();
        }
        assertThat(leader.service.canStream()).isTrue();
        leader.driver.deliver(new Event.SnapshotDone(1, 1));
        leader.driver.snapshotOrders();

        leader.service.stream(link);
        leader.driver.core().snapshot();
        assertThat(leader.driver.snapshotOrders()).isEmpty();
    }

    @Test
    void aWalkWhoseLinkIsGoneMakesRoomForTheNext() {
        grow(1000);
        EnsembleService service = (EnsembleService) leader.service;
        leader.service.stream(link);
        service.onLinkGone(new TestLink());
        assertThat(leader.service.canStream()).isFalse();
        service.onLinkGone(link);

        assertThat(leader.service.canStream()).isTrue();
        assertThat(leader.heard).contains("streamed");
        int chunks = link.chunks.size();
        leader.driver.pass(10);
        assertThat(link.chunks).hasSize(chunks);
    }

    @Test
    void anOrderedSnapshotBeginsAtOnceAndItsEndComesBack() {
        learner.service.retire();
        learner.service.storeSnapshot();
        learner.driver.pass(10);
        assertThat(learner.driver.snapshotOrders()).containsExactly("begin " + (EPOCH + 1), "end " + (EPOCH + 1));
        assertThat(learner.heard).doesNotContain("stored " + (EPOCH + 1) + " true");

        learner.driver.deliver(new Event.SnapshotDone(EPOCH + 1, 100));
        assertThat(learner.heard).contains("stored " + (EPOCH + 1) + " true");
        learner.service.storeSnapshot();
        learner.driver.pass(10);
        learner.driver.deliver(new Event.SnapshotDone(EPOCH + 1, -1));
        assertThat(learner.heard).contains("stored " + (EPOCH + 1) + " false");
    }

    @Test
    void anOrderedSnapshotWaitsForTheOneUnderWay() {
        learner.driver.core().snapshot();
        learner.service.retire();
        learner.service.storeSnapshot();
        learner.driver.pass(10);
        learner.driver.deliver(new Event.SnapshotDone(EPOCH + 1, 100));
        assertThat(learner.heard).doesNotContain("stored " + (EPOCH + 1) + " true");
        learner.driver.pass(10);
        learner.driver.deliver(new Event.SnapshotDone(EPOCH + 1, 100));

        assertThat(learner.heard).containsOnlyOnce("stored " + (EPOCH + 1) + " true");
    }

    @Test
    void withoutAQuorumNoSnapshotIsTakenUnlessItIsOrdered() {
        learner.service.retire();
        learner.driver.core().snapshot();
        learner.driver.deliver(new Event.LogSpace(false));
        learner.driver.pass(10);

        assertThat(learner.driver.snapshotOrders()).isEmpty();
        learner.service.learn();
        learner.driver.pass(10);
        assertThat(learner.driver.snapshotOrders()).isEmpty();
    }

    @Test
    void aSnapshotUnderWayIsGivenUpWhenTheStateIsReplaced() {
        grow(1000);
        learner.driver.core().snapshot();
        learner.driver.snapshotOrders();
        learner.service.retire();
        learner.service.beginLoad();
        learner.driver.pass(10);

        assertThat(learner.driver.snapshotOrders()).containsExactly("abandon");
        learner.driver.deliver(new Event.SnapshotDone(1, -1));
    }

    @Test
    void theStateComesBackFromDiskAsItWasAtATransaction() {
        grow(10);
        learner.service.retire();
        learner.service.reload(EPOCH + 1);

        assertThat(loads).containsExactly("load up to " + (EPOCH + 1));
        assertThat(learner.service.lastApplied()).isEqualTo(EPOCH + 1);
        assertThat(learner.driver.lastZxid()).isEqualTo(EPOCH + 1);
        learner.driver.look(view -> {
            assertThat(view.sessions().size()).isEqualTo(1);
            assertThat(view.tree().get("/n1")).isNull();
            assertThat(view.tree().get("/zookeeper/config").data().length).isEqualTo(EnsembleDriver.CONFIG.length());
        });
        learner.service.learn();
        RecordingClient again = learner.driver.open();
        learner.driver.connect(again, 5000);
        assertThat(learner.toLeader).hasSize(1);
    }

    @Test
    void whatCannotBePartOfAStateIsRefused() {
        learner.service.retire();
        learner.service.beginLoad();
        List<Acl> open = Acl.OPEN_UNSAFE;
        learner.service.load(new SnapshotPart.AclPart(1, open));

        for (SnapshotPart part : List.of(
                new SnapshotPart.AclPart(1, open),
                new SnapshotPart.AclPart(-1, open),
                new SnapshotPart.AclPart(1L << 40, open),
                node("/a/b", 1),
                node("", -2))) {
            assertThatThrownBy(() -> learner.service.load(part))
                    .as(part.toString())
                    .isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aNodeWhoseAccessListIsMissingIsNobodys() {
        learner.service.retire();
        learner.service.beginLoad();
        learner.service.load(node("", -1));
        learner.service.load(node("/a", 9));
        learner.service.endLoad(7);

        learner.driver.look(
                view -> assertThat(view.tree().acl(view.tree().get("/a")).get(0).perms())
                        .isZero());
    }

    private static SnapshotPart node(String path, long acl) {
        return new SnapshotPart.NodePart(path, new byte[0], acl, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
