package io.quorate.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quorate.crash.Visitor.Fate;
import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Kills a server under load, again and again, and checks what comes back. Snapshots and new log segments come all the time, so
 * the kills meet them too.
 */
final class CrashLoopTest {

    private static final int ROUNDS = Integer.getInteger("quorate.crash.rounds", 5);
    private static final long SEED = Long.getLong("quorate.crash.seed", System.nanoTime() & 0xffffff);
    private static final int WORKERS = 3;

    /** Longer than any time from a visit to its check, or it would rightly be over. */
    private static final int VISIT_MILLIS = 30_000;

    /** What a visitor that is taken up again asks for, to see it expire soon. */
    private static final int LAST_VISIT_MILLIS = 1_000;

    private static final int LOAD_MILLIS_MAX = 2_500;
    private static final int START_KILL_MILLIS_MAX = 6_000;

    private final Random random = new Random(SEED);
    private final List<Worker> workers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Path folder;
    private ServerProcess server;
    private long outputSeen;

    @AfterEach
    void end() {
        if (server != null) {
            server.close();
        }
        threads.shutdownNow();
    }

    @Test
    void nothingAcknowledgedIsLostAndNothingRefusedAppears() throws Exception {
        System.out.printf(
                "seed %d; again with: mvn -pl coordinator -am test -Dtest=CrashLoopTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.crash.seed=%d -Dquorate.crash.rounds=%d%n",
                SEED, SEED, ROUNDS);
        folder = Server.emptyFolder("CrashLoopTest");
        server = start();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(Worker.start(server.address(), "/w" + i, new Random(random.nextLong())));
        }
        for (int round = 1; round <= ROUNDS; round++) {
            try {
                round(round);
            } catch (AssertionError | IOException | ExecutionException e) {
                throw new AssertionError(
                        "round " + round + " of seed " + SEED + "; the server's folder is " + folder, e);
            }
        }
        assertThat(workers).allMatch(worker -> worker.acknowledged() > 0 && worker.refused() > 0);
    }

    private void round(int round) throws Exception {
        List<Future<?>> writing = new ArrayList<>();
        workers.forEach(worker -> writing.add(threads.submit(worker::writeUntilTheEnd)));
        List<Visitor> visitors = new ArrayList<>();
        for (Fate fate : Fate.values()) {
            visitors.add(Visitor.come(server.address(), "v" + round + fate, VISIT_MILLIS, fate));
        }
        // This is no wait for something: it is the moment that the seed chose.
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LOAD_MILLIS_MAX));
        String way = endServer();
        for (Future<?> writer : writing) {
            writer.get(60, TimeUnit.SECONDS);
        }
        for (Visitor visitor : visitors) {
            visitor.session().close();
        }
        if (random.nextInt(3) == 0) {
            way += ", " + killDuringStart();
        }
        server = start();
        long lastZxid = 0;
        for (Worker worker : workers) {
            worker.verify(server.address());
            lastZxid = Math.max(lastZxid, worker.lastZxid());
        }
        verifyVisitors(visitors, lastZxid);
        verifyServer();
        System.out.printf(
                "round %d: %s; %d writes acknowledged so far, last zxid 0x%x%n",
                round, way, workers.stream().mapToLong(Worker::acknowledged).sum(), lastZxid);
    }

    private String endServer() {
        if (random.nextInt(4) == 0) {
            assertThat(server.stop()).as("exit code after SIGTERM").isIn(0, 143);
            return "SIGTERM";
        }
        server.kill();
        return "kill -9";
    }

    /** Starts a server and kills it at some moment of its start, or soon after. */
    private String killDuringStart() throws IOException, InterruptedException {
        int millis = random.nextInt(START_KILL_MILLIS_MAX);
        Path config = ServerProcess.writeConfig(folder, ServerProcess.freePort(), settings());
        Process process = new ProcessBuilder(ServerProcess.quorateCommand(config, jvm()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.out").toFile()))
                .start();
        boolean ended = process.waitFor(millis, TimeUnit.MILLISECONDS);
        assertThat(ended).as("the server ended by itself").isFalse();
        process.destroyForcibly().waitFor();
        return "kill -9 again " + millis + " ms into the start";
    }

    private ServerProcess start() {
        return ServerProcess.quorate(folder, ServerProcess.freePort(), settings(), jvm());
    }

    private Map<String, String> settings() {
        return Map.of(
                "tickTime", "500",
                "maxSessionTimeout", "120000",
                "snapCount", Integer.toString(100 + random.nextInt(2_000)),
                "quorate.log.segmentMb", "1",
                "quorate.log.reserveMb", "8",
                "quorate.threading", random.nextBoolean() ? "shared" : "dedicated",
                "quorate.log.inline", random.nextBoolean() ? "true" : "false");
    }

    /** A short request limit makes short segments. */
    private static String[] jvm() {
        return new String[] {"-Djute.maxbuffer=32768", "-ea", "-XX:TieredStopAtLevel=1"};
    }

    private void verifyVisitors(List<Visitor> visitors, long lastZxid) throws IOException {
        InetSocketAddress address = server.address();
        try (RawSession reader = RawSession.open(address, VISIT_MILLIS)) {
            for (Visitor visitor : visitors) {
                long there = countExisting(reader, visitor.paths());
                switch (visitor.fate()) {
                    case ENDED -> assertThat(there)
                            .as("nodes of an ended session")
                            .isZero();
                    case ENDING -> assertThat(there)
                            .as("nodes of an ending session")
                            .isIn(0L, 2L);
                    case OPEN -> assertThat(there)
                            .as("nodes of a living session")
                            .isEqualTo(2);
                }
                verifyTicket(address, visitor, there > 0, lastZxid);
            }
            reader.end();
        }
        List<String> all =
                visitors.stream().flatMap(visitor -> visitor.paths().stream()).toList();
        try (RawSession watcher = RawSession.open(address, 60_000)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> countExisting(watcher, all) == 0);
            watcher.end();
        }
    }

    /** A session that lives can be taken up with its password, and only with that; one that ended cannot. */
    private static void verifyTicket(InetSocketAddress address, Visitor visitor, boolean alive, long lastZxid)
            throws IOException {
        RawSession.Ticket forged = new RawSession.Ticket(visitor.ticket().id(), new byte[16]);
        try (RawSession thief = RawSession.open(address, VISIT_MILLIS, forged, 0)) {
            assertThat(thief.isRefused())
                    .as("a session taken up without its password")
                    .isTrue();
        }
        try (RawSession again = RawSession.open(address, LAST_VISIT_MILLIS, visitor.ticket(), lastZxid)) {
            assertThat(again.isRefused()).as("session of " + visitor).isEqualTo(!alive);
            assertThat(countExisting(again.isRefused() ? null : again, visitor.paths()))
                    .isEqualTo(alive ? 2 : 0);
        }
    }

    private static long countExisting(RawSession session, List<String> paths) throws IOException {
        long there = 0;
        for (String path : session == null ? List.<String>of() : paths) {
            Reply reply = session.call(OpCode.EXISTS, new ExistsRequest(path, false));
            there += reply.isError(ErrorCode.NO_NODE) ? 0 : 1;
        }
        return there;
    }

    private void verifyServer() {
        String output = server.output();
        String fresh = output.substring((int) outputSeen);
        outputSeen = output.length();
        assertThat(fresh).doesNotContain("digest differs", "Exception", "Error:", "ERROR");
        assertThat(server.fourLetterWord("wchs")).startsWith("0 connections watching 0 paths");
        assertThat(Server.metric(server, "zk_digest_mismatches_count")).isZero();
    }
}
