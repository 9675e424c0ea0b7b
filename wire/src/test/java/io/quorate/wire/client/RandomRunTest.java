package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A connection between callers and a server that is cut at any moment, with chance as the scheduler. Whatever happens: every
 * call gets one outcome, and a true one; of the writes submitted between two losses a beginning is executed, in order; and who
 * reads again whenever its watch fires ends up knowing the last change.
 */
final class RandomRunTest {
    private static final int STEPS = 2_000;

    /** Long names, so that setting the watches again takes several requests, and can be interrupted between them. */
    private static final List<String> NODES = LongStream.range(0, 6)
            .mapToObj(node -> "/" + "n".repeat(30_000) + node)
            .toList();

    /** @param number goes as the version of a setData, so that the server's list of what it executed names calls */
    private record Write(int number, int losses, Call<NodeStat> call) {}

    static LongStream seeds() {
        return LongStream.range(Seed.VALUE, Seed.VALUE + Math.max(1, Seed.ROUNDS / 5));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPromiseIsKept(long seed) {
        String replay = "replay: mvn -pl wire test -Dtest=RandomRunTest -Dquorate.test.jvm=\"-Dquorate.wire.seed="
                + seed + " -Dquorate.wire.rounds=1\"";
        try {
            new Run(new Random(seed)).run();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(replay, e);
        }
    }

    private static final class Run implements ConnectionOut {
        private final Random random;
        private final ModelServer server = new ModelServer();
        private final Connection connection;
        private final Calls calls = new Calls(Chroot.NONE, 1_000_000);
        private final List<Write> writes = new ArrayList<>();
        private final List<Runnable> callbacks = new ArrayList<>();
        private final Map<String, Long> known = new HashMap<>();
        private final Map<Call<?>, Integer> outcomes = new HashMap<>();
        private boolean reachable;
        private boolean connecting;
        private int lossesTold;
        private long now = 1;

        Run(Random random) {
            this.random = random;
            this.connection = new Connection(ConnectionScript.settings("h:1"), random, this);
        }

        void run() {
            connection.start(now);
            NODES.forEach(this::read);
            for (int i = 0; i < STEPS; i++) {
                step();
                time(random.nextInt(10));
            }
            settle();
            check();
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0, 1 -> write();
                case 2 -> server.change(node());
                case 3, 4, 5 -> work();
                case 6, 7, 8 -> speak();
                case 9 -> callBack();
                case 10 -> reach();
                case 11 -> {
                    if (random.nextInt(10) == 0) {
                        cut();
                    }
                }
                default -> throw new AssertionError();
            }
        }

        /** No more trouble, and time for everything that is under way. */
        private void settle() {
            for (int i = 0; i < 100_000; i++) {
                reach();
                work();
                speak();
                callBack();
                time(10);
                if (connection.isConnected()
                        && !server.hasWork()
                        && !server.hasWords()
                        && callbacks.isEmpty()
                        && i > 500) {
                    return;
                }
            }
            throw new AssertionError("no rest");
        }

        private void check() {
            List<Integer> executed = server.executed();
            assertThat(executed).isSorted().doesNotHaveDuplicates();
            int gapSince = -1;
            for (Write write : writes) {
                assertThat(outcomes.get(write.call()))
                        .as("outcomes of %s", write.number())
                        .isEqualTo(1);
                boolean done = executed.contains(write.number());
                CoordinatorException failure = write.call().failure();
                if (failure == null) {
                    assertThat(done).isTrue();
                } else if (!failure.mayHaveBeenExecuted()) {
                    assertThat(done).isFalse();
                }
                if (done) {
                    assertThat(write.losses())
                            .as("executed behind one that was not")
                            .isNotEqualTo(gapSince);
                } else {
                    gapSince = write.losses();
                }
            }
            for (String node : NODES) {
                assertThat(known.get(node)).isEqualTo(server.mzxid(node));
            }
        }

        private void write() {
            int number = writes.size();
            Call<NodeStat> call = calls.setData(node(), null, number);
            writes.add(new Write(number, lossesTold, call));
            submit(call);
        }

        /** Reads until it succeeds, and again whenever the watch fires. */
        private void read(String node) {
            Call<NodeData> call = calls.getData(node, event -> read(node));
            CompletableFuture<NodeData> unused = call.future().whenComplete((data, failure) -> {
                if (failure != null) {
                    read(node);
                } else {
                    known.put(node, data.stat().mzxid());
                }
            });
            submit(call);
        }

        private void submit(Call<?> call) {
            call.submitted(lossesTold, now);
            connection.submit(call, now);
        }

        private String node() {
            return NODES.get(random.nextInt(NODES.size()));
        }

        private void work() {
            if (server.hasWork()) {
                server.work();
            }
        }

        private void speak() {
            if (server.hasWords()) {
                byte[] words = server.nextWords();
                connection.onFrame(new UnsafeBuffer(words), 0, words.length, now);
            }
        }

        private void callBack() {
            List<Runnable> due = new ArrayList<>(callbacks);
            callbacks.clear();
            due.forEach(Runnable::run);
        }

        private void reach() {
            if (connecting) {
                connecting = false;
                reachable = true;
                connection.onConnected(now);
            }
        }

        private void cut() {
            if (reachable) {
                reachable = false;
                server.cut();
                connection.onDisconnected("cut", now);
            }
        }

        private void time(int millis) {
            now += TimeUnit.MILLISECONDS.toNanos(millis);
            if (connection.deadlineNanos() <= now) {
                connection.onDeadline(now);
            }
        }

        @Override
        public void connect(HostPort host) {
            connecting = true;
        }

        @Override
        public void send(Frame frame) {
            server.receive(frame);
        }

        @Override
        public void disconnect() {
            connecting = false;
            reachable = false;
            server.cut();
        }

        @Override
        public void settled(Call<?> call) {
            outcomes.merge(call, 1, Integer::sum);
            callbacks.add(call::finish);
        }

        @Override
        public void watched(Notice notice) {
            notice.watchers().forEach(watcher -> callbacks.add(() -> watcher.onEvent(notice.event())));
        }

        @Override
        public void session(SessionEvent event, String reason) {
            assertThat(event.isTerminal()).isFalse();
            if (event == SessionEvent.DISCONNECTED) {
                callbacks.add(() -> lossesTold++);
            }
        }
    }
}
