package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.core.SnapshotOut;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetAclRequest;
import io.quorate.wire.proto.SetDataRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random writes between the slices of a snapshot: what is in the file must be the tree of the zxid at which it began, which an
 * independent replay of the log up to there shows.
 */
final class PointInTimeTest {

    private static final int SEEDS = Integer.getInteger("quorate.snapshot.seeds", 20);
    private static final long FIRST_SEED = Long.getLong("quorate.snapshot.seed", 1);
    private static final int NODES = 1500;
    private static final int DIRECTORIES = 12;
    private static final String QUOTA = "/zookeeper/quota/d1";

    @TempDir
    Path folder;

    @Test
    void aSnapshotTakenDuringWritesIsTheTreeOfOneMoment() throws IOException {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            try {
                new Run(seed, folder.resolve("seed" + seed)).check();
            } catch (AssertionError e) {
                throw new AssertionError(
                        "repeat with: mvn -pl coordinator -am test -Dtest=PointInTimeTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false"
                                + " -Dquorate.snapshot.seeds=1 -Dquorate.snapshot.seed=" + seed,
                        e);
            }
        }
    }

    private static final class Run implements SnapshotOut {
        private final Random random;
        private final SnapshotFiles files;
        private final SnapshotQueue queue = new SnapshotQueue();
        private final List<Long> done = new ArrayList<>();
        private final SnapshotAgent agent;
        private final TestServer server = new TestServer(this);
        private final List<Client> clients = new ArrayList<>();

        Run(long seed, Path folder) {
            random = new Random(seed);
            files = new SnapshotFiles(folder, Compression.values()[random.nextInt(3)]);
            agent = new SnapshotAgent(
                    queue,
                    files,
                    (zxid, bytes) -> {
                        assertThat(bytes).isPositive();
                        done.add(zxid);
                        server().deliver(new Event.SnapshotDone(zxid, bytes));
                    },
                    0);
        }

        private TestServer server() {
            return server;
        }

        void check() throws IOException {
            grow();
            for (int i = 0; i < 3; i++) {
                long zxid = server.lastZxid();
                server.core.snapshot();
                int writesPerSlice = random.nextInt(150);
                while (server.core.isWalking()) {
                    for (int w = 0; w < writesPerSlice; w++) {
                        write();
                    }
                    server.core.tick();
                    agent.doWork();
                }
                while (agent.doWork() > 0) {
                    write();
                }
                assertThat(done).hasSize(i + 1).last().isEqualTo(zxid);
                compare(zxid);
            }
        }

        private void grow() {
            for (int i = 0; i < 3; i++) {
                clients.add(server.connect());
            }
            for (int d = 0; d < DIRECTORIES; d++) {
                create("/d" + d, 0);
            }
            create("/zookeeper/quota/d1", 0);
            create(QUOTA + "/zookeeper_limits", "count=100000,bytes=-1");
            create(QUOTA + "/zookeeper_stats", "count=0,bytes=0");
            for (int i = 0; i < NODES; i++) {
                write();
            }
        }

        private void compare(long zxid) throws IOException {
            StoredState taken = new StoredState();
            SnapshotSummary summary = SnapshotReader.read(files.file(zxid), taken);
            DirectSnapshot out = new DirectSnapshot(
                    at -> SnapshotFile.in(files.file(zxid).path().resolveSibling("replayed"), at, Compression.NONE));
            Recovery replayed = server.replayed(zxid, out);
            replayed.writeSnapshot();
            StoredState expected = new StoredState();
            SnapshotReader.read(out.written(), expected);

            assertThat(taken.sessions).isEqualTo(expected.sessions);
            assertThat(taken.nodes).containsExactlyInAnyOrderEntriesOf(expected.nodes);
            assertThat(summary.digestZxid()).isEqualTo(zxid);
            assertThat(summary.digest()).isEqualTo(replayed.digest());
            assertThat(summary.looseAcls()).isZero();
            Recovery loaded = new Core(TestServer.settings(true), server, out).recovery();
            assertThat(files.load(loaded).orElseThrow().file()).isEqualTo(files.file(zxid));
            assertThat(loaded.finish()).isEqualTo(Recovery.DigestCheck.EQUAL);
        }

        private void write() {
            int dice = random.nextInt(100);
            if (dice < 35) {
                create(path(), random.nextInt(4));
            } else if (dice < 55) {
                request(OpCode.DELETE, new DeleteRequest(path(), -1));
            } else if (dice < 75) {
                request(OpCode.SET_DATA, new SetDataRequest(path(), data(), -1));
            } else if (dice < 82) {
                request(OpCode.SET_ACL, new SetAclRequest(path(), acl(), -1));
            } else if (dice < 90) {
                multi();
            } else if (dice < 93) {
                request(OpCode.CREATE_TTL, new CreateTtlRequest(path(), data(), acl(), 5, 1 + random.nextInt(100_000)));
            } else if (dice < 96) {
                request(OpCode.CREATE_CONTAINER, new CreateRequest(path(), data(), acl(), 4));
            } else if (dice < 98) {
                deleteSubtree("/d" + random.nextInt(DIRECTORIES));
            } else {
                Client client = client();
                server.request(client, OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
                clients.remove(client);
                clients.add(server.connect());
            }
        }

        private void multi() {
            List<MultiOp> ops = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                ops.add(
                        switch (random.nextInt(3)) {
                            case 0 -> new MultiOp(
                                    OpCode.CREATE.code(), new CreateRequest(path(), data(), acl(), random.nextInt(2)));
                            case 1 -> new MultiOp(OpCode.DELETE.code(), new DeleteRequest(path(), -1));
                            default -> new MultiOp(OpCode.SET_DATA.code(), new SetDataRequest(path(), data(), -1));
                        });
            }
            request(OpCode.MULTI, new MultiRequest(ops));
        }

        /** Deletes what it can of a directory, leaves first, and creates it again: nodes with old names but new content. */
        private void deleteSubtree(String directory) {
            for (int i = 0; i < 10; i++) {
                for (int j = 0; j < 4; j++) {
                    request(OpCode.DELETE, new DeleteRequest(directory + "/n" + i + "/m" + j, -1));
                }
                request(OpCode.DELETE, new DeleteRequest(directory + "/n" + i, -1));
            }
            request(OpCode.DELETE, new DeleteRequest(directory, -1));
            create(directory, 0);
        }

        private void create(String path, int flags) {
            request(OpCode.CREATE, new CreateRequest(path, data(), acl(), flags));
        }

        private void create(String path, String text) {
            byte[] data = text.getBytes(StandardCharsets.US_ASCII);
            request(OpCode.CREATE, new CreateRequest(path, data, Acl.OPEN_UNSAFE, 0));
        }

        private void request(OpCode op, io.quorate.wire.proto.Request request) {
            server.request(client(), op, request);
        }

        private Client client() {
            return clients.get(random.nextInt(clients.size()));
        }

        private String path() {
            String path = "/d" + random.nextInt(DIRECTORIES) + "/n" + random.nextInt(60);
            return random.nextInt(3) > 0 ? path : path + "/m" + random.nextInt(4);
        }

        private byte[] data() {
            byte[] data = random.nextInt(10) == 0 ? null : new byte[random.nextInt(400)];
            if (data != null) {
                random.nextBytes(data);
            }
            return data;
        }

        /** All of them let everybody do everything, in different words, so that no write is refused for want of rights. */
        private List<Acl> acl() {
            if (random.nextBoolean()) {
                return Acl.OPEN_UNSAFE;
            }
            Acl second = new Acl(1 + random.nextInt(31), new Identity("ip", "10.0.0." + random.nextInt(20)));
            return List.of(Acl.OPEN_UNSAFE.get(0), second);
        }

        @Override
        public void begin(long zxid) {
            queue.begin(zxid);
        }

        @Override
        public void chunk(byte[] bytes, int length) {
            queue.chunk(bytes, length);
        }

        @Override
        public void end(long zxid, int digestVersion, long digest) {
            queue.end(zxid, digestVersion, digest);
        }

        @Override
        public void abandon() {
            queue.abandon();
        }

        /** Now and then there is no room, for no reason. */
        @Override
        public boolean hasRoom() {
            return queue.hasRoom() && random.nextInt(4) > 0;
        }
    }
}
