package io.quorate.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.ServerKind;
import io.quorate.history.Judge;
import io.quorate.history.Operation;
import io.quorate.history.SessionHistory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps an ensemble under load, round by round, while a test does to it what it wants. After each round all members must hold the
 * same, and what every session was told is judged. For one thread.
 */
final class Storm implements AutoCloseable {

    /** What is done to the ensemble in a round; when it returns all members serve again. */
    interface Trouble {

        /** Says what it did. {@code onFirst} is to be run when the first thing has happened. */
        String pass(Pauses pauses, Runnable onFirst) throws InterruptedException;
    }

    private static final int CLIENTS = 4;
    private static final int SESSION_MILLIS = 60_000;
    private static final int VISIT_MILLIS = 4_000;

    /** A session may end this much early: what it last did is told to the leader twice in a tick, and lost with its teller. */
    private static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(2 * EnsembleProcesses.TICK_MILLIS);

    private final EnsembleProcesses ensemble;
    private final Random random;
    private final List<InetSocketAddress> servers;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger tags = new AtomicInteger();
    private final List<LoadClient> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private TreeDump before;

    /** The ensemble must serve. */
    Storm(EnsembleProcesses ensemble, Random random) {
        this.ensemble = ensemble;
        this.random = random;
        servers = ensemble.members().stream().map(Member::address).toList();
        for (int i = 0; i < CLIENTS; i++) {
            RecordedClient client = new RecordedClient(numbers, SESSION_MILLIS);
            clients.add(new LoadClient(client, servers, new Random(random.nextLong()), tags));
        }
    }

    /** Goes through so many rounds. A failure names the round, the seed and where to look. */
    void rage(int rounds, long seed, Trouble trouble) {
        for (int round = 1; round <= rounds; round++) {
            try {
                round("/r" + round, trouble);
            } catch (AssertionError | Exception e) {
                throw new AssertionError(
                        "round " + round + " of seed " + seed + "; the members' folders are in " + ensemble.folder(),
                        e);
            }
        }
        assertThat(clients).allMatch(client -> client.acknowledged() > 0);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void round(String root, Trouble trouble) throws Exception {
        ensemble.members().get(random.nextInt(servers.size())).create(root);
        Queue<String> ephemerals = new ConcurrentLinkedQueue<>();
        List<Future<?>> working = new ArrayList<>();
        for (LoadClient client : clients) {
            client.begin(root, ephemerals);
            working.add(threads.submit(client));
        }
        List<Visitor> visitors = new ArrayList<>();
        for (boolean endsItself : new boolean[] {true, false}) {
            visitors.add(persistently(
                    () -> Visitor.come(new RecordedClient(numbers, VISIT_MILLIS), servers, root, endsItself, random)));
        }
        Pauses pauses = new Pauses();
        long from = System.nanoTime();
        String story = trouble.pass(pauses, () -> visitors.forEach(Visitor::leave));
        for (LoadClient client : clients) {
            client.stop();
        }
        for (Future<?> worker : working) {
            worker.get(60, TimeUnit.SECONDS);
        }
        if (EnsembleProcesses.KIND == ServerKind.ZOOKEEPER) {
            // A leader there answers a sync without waiting for what it has committed and followers have applied
            // already.
            pauses.add(from, System.nanoTime());
        }
        List<SessionHistory> histories = new ArrayList<>();
        clients.forEach(client -> histories.addAll(client.histories()));
        histories.addAll(survey(root, ephemerals, visitors));
        visitors.forEach(visitor -> histories.addAll(visitor.client().histories()));
        TreeDump dump = Convergence.await(ensemble);
        judge(histories.stream().map(pauses::relax).toList());
        compareWithLastRound(dump, root);
        System.out.printf(
                "%s: %s; %d operations, zxid 0x%x, led by %s%n",
                root,
                story,
                histories.stream()
                        .mapToInt(history -> history.operations().size())
                        .sum(),
                dump.zxid(),
                ensemble.leader());
    }

    /** Again, and from the start, when a member loses its leader meanwhile: nobody promised that it does not. */
    private static <T> T persistently(Callable<T> task) {
        return EnsembleProcesses.await("a client that is not interrupted")
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(task, result -> true);
    }

    /** Reads every node of the round at every member, and sees the sessions of visitors end. */
    private List<SessionHistory> survey(String root, Queue<String> ephemerals, List<Visitor> visitors) {
        List<SessionHistory> histories = new ArrayList<>();
        for (InetSocketAddress server : servers) {
            histories.addAll(persistently(() -> survey(server, root, ephemerals, visitors)));
        }
        return histories;
    }

    private List<SessionHistory> survey(
            InetSocketAddress server, String root, Queue<String> ephemerals, List<Visitor> visitors)
            throws IOException {
        RecordedClient surveyor = new RecordedClient(numbers, SESSION_MILLIS);
        surveyor.connect(server);
        for (int i = 0; i < LoadClient.NODES; i++) {
            surveyor.read(root + "/n" + i, true);
        }
        for (String path : ephemerals) {
            surveyor.read(path, true);
        }
        surveyor.receiveAll();
        for (Visitor visitor : visitors) {
            awaitEnd(surveyor, visitor);
        }
        surveyor.close();
        surveyor.receiveAll();
        surveyor.disconnect();
        return surveyor.histories();
    }

    private void awaitEnd(RecordedClient surveyor, Visitor visitor) throws IOException {
        for (String path : visitor.paths()) {
            EnsembleProcesses.await(path + " gone").until(() -> {
                surveyor.read(path, true);
                List<Operation> found = surveyor.receiveAll();
                return found.get(0).node() == null;
            });
        }
        visitor.checkThatItIsOver(servers);
    }

    private void judge(List<SessionHistory> histories) throws IOException {
        List<String> wrong = Judge.judge(histories, EARLY_NANOS);
        if (!wrong.isEmpty()) {
            List<String> lines = histories.stream()
                    .flatMap(history -> history.operations().stream())
                    .map(Operation::toString)
                    .toList();
            Files.write(ensemble.folder().resolve("history.txt"), lines);
        }
        assertThat(wrong).as("what is wrong with the history (history.txt)").isEmpty();
    }

    /** Nobody writes below the root of the last round any more. */
    private void compareWithLastRound(TreeDump dump, String root) {
        if (before != null) {
            String last = "/r" + (Integer.parseInt(root.substring(2)) - 1);
            Map<String, String> then = withoutEphemerals(before.below(last));
            assertThat(withoutEphemerals(dump.below(last))).isEqualTo(then);
        }
        before = dump;
    }

    private static Map<String, String> withoutEphemerals(Map<String, String> nodes) {
        nodes.values().removeIf(text -> !text.contains("ephemeralOwner=0,"));
        return nodes;
    }
}
