package io.quorate.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.ensemble.CommitFeed;
import io.quorate.ensemble.EnsembleProcesses;
import io.quorate.ensemble.Member;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.harness.Folders;
import io.quorate.libraries.RecordLog.Line;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Consumer groups and a cluster of brokers in six processes on an ensemble of three, in rounds: for a while processes are killed,
 * stopped and cut off and the ensemble loses its leader; then all are left alone, and must come to rest. Every transaction and every
 * record is judged.
 */
final class LibraryChaosTest {
    private static final long SECONDS = Long.getLong("quorate.libraries.seconds", 45);
    private static final long SEED = Long.getLong("quorate.libraries.seed", System.nanoTime() & 0xffffff);
    private static final List<Integer> NUMBERS = List.of(1, 2, 3);
    private static final Duration LIMIT = Duration.ofMinutes(2);
    /** How long there is trouble before all have to come to rest. */
    private static final long ROUND_SECONDS = Math.min(30, Math.max(1, SECONDS / 2));

    private static final int STEP_MILLIS_MAX = 1_200;
    private static final int DOWN_MILLIS_MAX = 4_000;

    private record Active(PlayerFault fault, long untilNanos) {}

    private final Random random = new Random(SEED);
    private final List<Player> players = new ArrayList<>();
    private final Map<Player, Active> struck = new LinkedHashMap<>();
    private final LibraryHistory history = new LibraryHistory(List.of(ConsumerProcess.NATIVE, ConsumerProcess.COMPAT));
    private final Map<String, ProcessingRules> processing = Map.of(
            ConsumerProcess.NATIVE, new ProcessingRules(ConsumerProcess.NATIVE),
            ConsumerProcess.COMPAT, new ProcessingRules(ConsumerProcess.COMPAT));
    private final Map<Path, Long> readUntil = new HashMap<>();
    private final List<String> story = new ArrayList<>();
    private final Path folder = Folders.empty("libraries", "LibraryChaosTest");
    private EnsembleProcesses ensemble;
    private CommitFeed feed;
    private Operator operator;
    private Member downMember;
    private long downUntilNanos;

    @AfterEach
    void end() {
        players.forEach(Player::close);
        if (operator != null) {
            operator.close();
        }
        if (feed != null) {
            feed.close();
        }
        ensemble.close();
    }

    @Test
    void groupsAndBrokersAreRightWhateverHappensToThem() throws Exception {
        System.out.printf(
                "seed %d; again with: mvn -pl coordinator -am test -Dtest=LibraryChaosTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.libraries.seed=%d"
                        + " -Dquorate.libraries.seconds=%d -Dquorate.ensemble.server=%s%n",
                SEED, SEED, SECONDS, EnsembleProcesses.KIND.name().toLowerCase(Locale.ROOT));
        try {
            open();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            for (int round = 1; System.nanoTime() < end; round++) {
                trouble();
                rest(round);
            }
        } catch (AssertionError | Exception e) {
            throw new AssertionError("seed " + SEED + ", after " + story + "; what processes said is in " + folder, e);
        }
    }

    private void open() throws Exception {
        ensemble = EnsembleProcesses.of("LibraryChaosTest", 3, EnsembleProcesses.KIND)
                .with("commitLogCount", "100000");
        ensemble.start();
        feed = CommitFeed.open(ensemble, history::commit);
        List<InetSocketAddress> servers =
                ensemble.members().stream().map(Member::address).toList();
        NUMBERS.forEach(number -> players.add(Player.broker(number, folder, servers)));
        players.forEach(Player::start);
        operator = new Operator(ensemble.connectString(), NUMBERS, random);
        await("brokers").until(() -> feed.last() > 0 && registryProblem() == null);
        operator.createTopics(Map.of("orders", 8, "logs", 4));
        NUMBERS.forEach(number -> players.add(Player.consumer(number, folder, servers)));
        players.forEach(Player::start);
        rest(0);
    }

    // ---- trouble

    private void trouble() throws InterruptedException {
        story.clear();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(ROUND_SECONDS);
        while (System.nanoTime() < end) {
            // No wait for something: the moments that the seed chose.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(STEP_MILLIS_MAX));
            heal(System.nanoTime());
            if (random.nextInt(3) == 0) {
                operator.step();
            }
            if (random.nextInt(12) == 0) {
                strikeLeader();
            } else if (random.nextInt(3) == 0) {
                strike();
            }
            reviveBrokers();
            feed.check();
        }
        heal(Long.MAX_VALUE);
        ensemble.start();
        downMember = null;
    }

    private void strike() {
        Player player = players.get(random.nextInt(players.size()));
        PlayerFault fault = PlayerFault.values()[random.nextInt(PlayerFault.values().length)];
        if (struck.containsKey(player) || !player.process().isAlive()) {
            return;
        }
        int millis = fault.strike(player, random);
        story.add(fault + " " + player + " for " + millis + " ms");
        struck.put(player, new Active(fault, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    private void strikeLeader() {
        int millis = random.nextInt(DOWN_MILLIS_MAX);
        if (downMember != null) {
            return;
        }
        downMember = ensemble.leader();
        downMember.kill();
        story.add("KILL " + downMember + " for " + millis + " ms");
        downUntilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Mends what was to last until that time. */
    private void heal(long nanos) {
        struck.entrySet().removeIf(each -> {
            boolean over = nanos == Long.MAX_VALUE || nanos - each.getValue().untilNanos() >= 0;
            if (over) {
                each.getValue().fault().heal(each.getKey());
            }
            return over;
        });
        if (downMember != null && (nanos == Long.MAX_VALUE || nanos - downUntilNanos >= 0)) {
            downMember.launch();
            downMember = null;
        }
    }

    /** A broker that finds its id taken for too long ends, and is started again by whoever looks after it. */
    private void reviveBrokers() {
        players.stream()
                .filter(player -> !player.isConsumer() && !struck.containsKey(player))
                .forEach(Player::start);
    }

    // ---- rest

    private void rest(int round) throws Exception {
        long from = System.nanoTime();
        AtomicReference<String> problem = new AtomicReference<>();
        try {
            await("rest").until(() -> {
                reviveBrokers();
                problem.set(problem(round, from));
                return problem.get() == null;
            });
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("no rest: " + problem.get(), e);
        }
        System.out.printf(
                Locale.ROOT,
                "round %d: %s; at rest after %.1f s, %d transactions; %s; %s; %d records%n",
                round,
                story,
                (System.nanoTime() - from) / 1e9,
                history.checked(),
                history.ask(() -> history.group(ConsumerProcess.NATIVE).story()),
                history.ask(() -> history.group(ConsumerProcess.COMPAT).story()),
                processing.values().stream().mapToLong(ProcessingRules::records).sum());
    }

    /** Why there is no rest yet; null if there is. */
    private String problem(int round, long fromNanos) {
        for (Player each : players) {
            assertThat(each.isConsumer() && !each.process().isAlive())
                    .as("%s has ended by itself: %s", each, each.process().output())
                    .isFalse();
        }
        String registry = registryProblem();
        if (registry != null || players.size() == NUMBERS.size()) {
            return registry;
        }
        for (String group : groups()) {
            String problem = groupProblem(group);
            if (problem != null) {
                return group + ": " + problem;
            }
        }
        judge(round);
        return groups().stream()
                .map(group -> idle(group, fromNanos))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static List<String> groups() {
        return List.of(ConsumerProcess.NATIVE, ConsumerProcess.COMPAT);
    }

    private String registryProblem() {
        feed.check();
        return history.ask(() -> new RegistryRest(history).problem(Set.copyOf(NUMBERS)));
    }

    private String groupProblem(String group) {
        Set<String> hosts = new TreeSet<>();
        for (Player each : players) {
            if (each.isConsumer() && group.equals(ConsumerProcess.NATIVE)) {
                hosts.addAll(List.of(each.life() + "d", each.life() + "s"));
            } else if (each.isConsumer()) {
                hosts.add(each.life() + "c");
            }
        }
        return history.ask(() -> rest(group).problem(hosts));
    }

    /** For {@link LibraryHistory#ask}. */
    private GroupRest rest(String group) {
        return new GroupRest(history.tree(), history.group(group));
    }

    /** G10, as the hosts see it: whoever owns a partition processes it. */
    private String idle(String group, long fromNanos) {
        SortedMap<TopicPartition, String> owners = history.ask(() -> rest(group).hosts());
        for (Map.Entry<TopicPartition, String> each : owners.entrySet()) {
            Line latest = processing.get(group).latest(each.getKey());
            if (latest == null || latest.nanos() < fromNanos || !latest.host().equals(each.getValue())) {
                return "G10 in " + group + ": " + each + " does not process, last was " + latest;
            }
        }
        return null;
    }

    /** Reads what processes wrote, waits for the transactions that were before that, and looks at it. */
    private void judge(int round) {
        long epochNanos = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        List<Line> lines = new ArrayList<>();
        for (Player player : players) {
            for (Path log : player.logs()) {
                readUntil.merge(log, RecordLog.read(log, readUntil.getOrDefault(log, 0L), lines), Math::max);
            }
        }
        long mark = await("a mark")
                .ignoreExceptionsInstanceOf(ExecutionException.class)
                .until(() -> operator.mark(round), zxid -> zxid > 0);
        await("all that was committed").until(() -> feed.last() >= mark);
        feed.check();
        processing.forEach((group, rules) -> {
            rules.check(
                    lines, history.ask(() -> List.copyOf(history.group(group).ownerships())), epochNanos);
            assertThat(rules.complaints())
                    .as("what hosts did in group %s", group)
                    .isEmpty();
        });
        assertThat(players.stream()
                        .map(player -> player.process().output())
                        .filter(text -> text.contains("AssertionError") || text.contains("its own logic failed")))
                .as("processes in which something failed")
                .isEmpty();
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(200));
    }
}
