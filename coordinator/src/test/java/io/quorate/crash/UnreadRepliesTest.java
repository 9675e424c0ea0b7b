package io.quorate.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.RawSession;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.RequestHeader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client asks for much more than fits into the server's memory and reads none of it: nobody else is to suffer. */
final class UnreadRepliesTest {

    private static final int VALUE_BYTES = 500_000;
    private static final int REQUESTS = 5_000;
    private static final int SESSION_MILLIS = 30_000;
    private static final long WATCHED_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final long ANSWER_NANOS_MAX = TimeUnit.SECONDS.toNanos(5);

    private ServerProcess server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void whoDoesNotReadIsHeldBackAndOthersAreServed(String threading) throws Exception {
        server = ServerProcess.quorate(
                Server.emptyFolder("UnreadRepliesTest-" + threading),
                ServerProcess.freePort(),
                Map.of("quorate.threading", threading),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError");
        try (RawSession greedy = RawSession.open(server.address(), SESSION_MILLIS);
                RawSession other = RawSession.open(server.address(), SESSION_MILLIS)) {
            CreateRequest create = new CreateRequest("/n", new byte[VALUE_BYTES], Acl.OPEN_UNSAFE, 0);
            assertThat(greedy.call(OpCode.CREATE, create).err()).isZero();

            AtomicBoolean refused = new AtomicBoolean();
            Thread flood = new Thread(() -> refused.set(!isTaken(greedy)));
            flood.start();
            checkAnswers(other);

            greedy.socket().close();
            flood.join();
            assertThat(other.ping().err()).isZero();
        }
        assertThat(server.isAlive()).isTrue();
        assertThat(server.output()).doesNotContain("cannot go on", "\tat ", "OutOfMemory");
    }

    /** Every answer is in time, and the server takes no more memory than its heap and its direct buffers may have. */
    private void checkAnswers(RawSession other) throws IOException {
        long slowest = 0;
        long began = System.nanoTime();
        int answers = 0;
        while (System.nanoTime() - began < WATCHED_NANOS) {
            long asked = System.nanoTime();
            assertThat(other.ping().err()).as(server.output()).isZero();
            slowest = Math.max(slowest, System.nanoTime() - asked);
            answers++;
        }
        System.out.printf(
                "%d answers beside a client that does not read, the slowest after %d ms; %d MB resident%n",
                answers, TimeUnit.NANOSECONDS.toMillis(slowest), Server.residentBytes(server) >> 20);
        assertThat(slowest).isLessThan(ANSWER_NANOS_MAX);
    }

    private static boolean isTaken(RawSession session) {
        try {
            OutputStream out = session.socket().getOutputStream();
            out.write(requests());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] requests() {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        JuteWriter writer = new JuteWriter();
        int end = 0;
        for (int i = 0; i < REQUESTS; i++) {
            int start = end;
            writer.wrap(buffer, start + Integer.BYTES);
            new RequestHeader(2 + i, OpCode.GET_DATA.code()).write(writer);
            new GetDataRequest("/n", false).write(writer);
            end = writer.position();
            writer.writeInt(start, end - start - Integer.BYTES);
        }
        return Arrays.copyOf(buffer.byteArray(), end);
    }
}
