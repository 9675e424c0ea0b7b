package io.quorate.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A small file system is filled under the server: it refuses writes, serves everything else, and recovers by itself. */
final class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int SESSION_MILLIS = 4_000;
    private static final int VALUE_BYTES = 8 << 10;
    private static final String REFUSED = "writes are refused";

    private Path folder;
    private Path disk;
    private Path ballast;
    private ServerProcess server;
    private int written;

    @BeforeEach
    void mount() throws Exception {
        folder = Server.emptyFolder("FullDiskTest");
        disk = Files.createDirectories(folder.resolve("disk"));
        ballast = disk.resolve("ballast");
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString()) == 0,
                "mounting is not possible here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (server != null) {
            server.close();
        }
        int ignored = run("umount", disk.toString());
        assertThat(ignored).isBetween(0, 255);
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private void start(String threading) {
        Map<String, String> settings = new HashMap<>();
        settings.put("dataDir", disk.resolve("data").toString());
        settings.put("tickTime", "500");
        settings.put("snapCount", "500");
        settings.put("quorate.threading", threading);
        settings.put("quorate.log.segmentMb", "2");
        settings.put("quorate.log.reserveMb", "8");
        server = ServerProcess.quorate(
                folder, ServerProcess.freePort(), settings, "-Djute.maxbuffer=32768", "-ea", "-XX:TieredStopAtLevel=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void writesAreRefusedWhileTheDiskIsFullAndNothingIsLost(String threading) throws Exception {
        start(threading);
        try (RawSession session = RawSession.open(server.address(), SESSION_MILLIS);
                RawSession idle = RawSession.open(server.address(), SESSION_MILLIS)) {
            create(session);
            write(session, 100);

            fillDisk();
            awaitRefusal(session);
            assertThat(linesWith(REFUSED)).isEqualTo(1);
            checkValue(session);
            stayAlive(session, idle);
            assertThat(linesWith(REFUSED)).as("one line, not one per request").isEqualTo(1);

            Files.delete(ballast);
            awaitService(session);
            write(session, 600);
            assertThat(idle.ping().err()).isZero();
        }
        server.kill();
        start(threading);
        try (RawSession session = RawSession.open(server.address(), SESSION_MILLIS)) {
            checkValue(session);
        }
        assertThat(server.output()).doesNotContain("cannot go on", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void aRestartOnAFullDiskServesReads(String threading) throws Exception {
        start(threading);
        RawSession.Ticket ticket;
        try (RawSession session = RawSession.open(server.address(), 30_000)) {
            create(session);
            write(session, 100);
            ticket = session.ticket();
        }
        server.kill();
        fillDisk();

        start(threading);
        // The very first requests: nothing has told the server of the disk before.
        try (RawSession newcomer = RawSession.connection(server.address());
                RawSession session = RawSession.open(server.address(), 30_000, ticket, 0)) {
            assertThat(newcomer).isNotNull();
            assertThat(session.isRefused()).isFalse();
            checkValue(session);
            assertThat(set(session, written + 1).error()).isEqualTo(ErrorCode.SYSTEM_ERROR.code());
            checkValue(session);
            assertThat(server.isAlive()).isTrue();

            Files.delete(ballast);
            awaitService(session);
            write(session, 100);
        }
        assertThat(server.output()).doesNotContain("cannot go on", "\tat ");
    }

    private void create(RawSession session) throws IOException {
        byte[] first = ByteBuffer.allocate(VALUE_BYTES).putInt(0, 0).array();
        assertThat(session.call(OpCode.CREATE, new CreateRequest("/n", first, Acl.OPEN_UNSAFE, 0))
                        .err())
                .isZero();
    }

    private static Reply set(RawSession session, int value) throws IOException {
        byte[] data = ByteBuffer.allocate(VALUE_BYTES).putInt(0, value).array();
        return session.call(OpCode.SET_DATA, new SetDataRequest("/n", data, -1));
    }

    private void write(RawSession session, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Reply reply = set(session, written + 1);
            assertThat(reply.err()).as("write %d", written + 1).isZero();
            written++;
        }
    }

    private void checkValue(RawSession session) throws IOException {
        Reply reply = session.call(OpCode.GET_DATA, new GetDataRequest("/n", false));
        GetDataResponse found = (GetDataResponse) reply.body();
        assertThat(ByteBuffer.wrap(found.data()).getInt()).isEqualTo(written);
        assertThat(found.stat().version()).isEqualTo(written);
    }

    /** Leaves not a page. */
    private void fillDisk() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            byte[] chunk = new byte[4096];
            while (true) {
                out.write(chunk);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Writes until a write is refused: what is acknowledged before that counts. */
    private void awaitRefusal(RawSession session) {
        await().atMost(PATIENCE).until(() -> {
            Reply reply = set(session, written + 1);
            if (reply.err() == 0) {
                written++;
                return false;
            }
            assertThat(reply.error()).isEqualTo(ErrorCode.SYSTEM_ERROR.code());
            return true;
        });
    }

    private void awaitService(RawSession session) {
        await().atMost(PATIENCE).until(() -> {
            Reply reply = set(session, written + 1);
            written += reply.err() == 0 ? 1 : 0;
            return reply.err() == 0;
        });
    }

    /** A session that pings lives, one that is silent for longer than its timeout is there too, and nobody is busy. */
    private void stayAlive(RawSession session, RawSession idle) throws IOException {
        long cpuBefore = Server.cpuMillis(server);
        long end = System.nanoTime() + Duration.ofMillis(3L * SESSION_MILLIS).toNanos();
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            assertThat(session.ping().err()).isZero();
            return System.nanoTime() > end;
        });
        assertThat(Server.cpuMillis(server) - cpuBefore)
                .as("processor time while nothing can be done")
                .isLessThan(SESSION_MILLIS / 2);
        checkValue(idle);
        assertThat(set(session, written + 1).error()).isEqualTo(ErrorCode.SYSTEM_ERROR.code());
    }

    private long linesWith(String words) {
        return server.output().lines().filter(line -> line.contains(words)).count();
    }
}
