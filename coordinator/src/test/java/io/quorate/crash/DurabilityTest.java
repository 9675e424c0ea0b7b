package io.quorate.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.RawSession;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No write is answered before it is on disk: by the server's own count of its syncs, and by its system calls. */
final class DurabilityTest {

    private static final int COUNTED_WRITES = 200;
    private static final int TRACED_WRITES = 50;
    private static final int SESSION_MILLIS = 60_000;

    private Path folder;
    private ServerProcess server;

    @BeforeEach
    void prepare() {
        folder = Server.emptyFolder("DurabilityTest");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private void start(String... jvm) {
        server = ServerProcess.quorate(folder, ServerProcess.freePort(), Map.of(), jvm);
    }

    private RawSession sessionWithNode() throws IOException {
        RawSession session = RawSession.open(server.address(), SESSION_MILLIS);
        CreateRequest create = new CreateRequest("/n", new byte[0], Acl.OPEN_UNSAFE, 0);
        assertThat(session.call(OpCode.CREATE, create).err()).isZero();
        return session;
    }

    private static void write(RawSession session, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            byte[] data = ByteBuffer.allocate(100).putInt(0, i).array();
            assertThat(session.call(OpCode.SET_DATA, new SetDataRequest("/n", data, -1))
                            .err())
                    .isZero();
        }
    }

    @Test
    void writesInAClosedLoopAreSyncedOneByOne() throws Exception {
        start();
        try (RawSession session = sessionWithNode()) {
            double before = Server.metric(server, "zk_cnt_fsynctime");

            write(session, COUNTED_WRITES);

            assertThat(Server.metric(server, "zk_cnt_fsynctime") - before).isGreaterThanOrEqualTo(COUNTED_WRITES);
        }
    }

    @Test
    void everyAnswerLeavesAfterASyncHasCompleted() throws Exception {
        start();

        assertThat(repliesWithoutSync()).isZero();
    }

    @Test
    void theCheckFailsWhenSyncIsOff() throws Exception {
        start("-Dzookeeper.forceSync=no");

        assertThat(repliesWithoutSync()).isGreaterThan(TRACED_WRITES / 2);
    }

    private int repliesWithoutSync() throws Exception {
        SystemCalls.requireStrace();
        try (RawSession session = sessionWithNode();
                SystemCalls calls = SystemCalls.of(server.pid(), folder.resolve("trace.txt"))) {
            write(session, TRACED_WRITES);
            calls.finish();
            SystemCalls.Replies replies = calls.repliesTo(session.socket().getLocalPort());
            assertThat(replies.count()).as("replies in the trace").isEqualTo(TRACED_WRITES);
            return replies.withoutSync();
        }
    }
}
