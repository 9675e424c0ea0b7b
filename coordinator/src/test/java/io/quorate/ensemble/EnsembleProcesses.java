package io.quorate.ensemble;

import io.quorate.harness.Folders;
import io.quorate.harness.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * Several server processes that form one ensemble, each with a folder of its own under {@code target/ensemble/<name>} and its data
 * in memory. Members
 * are numbered from 1. Used by one thread.
 */
public final class EnsembleProcesses implements AutoCloseable {

    /** What the tests of ensembles aim at. */
    public static final ServerKind KIND = ServerKind.named("quorate.ensemble.server", ServerKind.QUORATE);

    static final int TICK_MILLIS = 500;

    /** User and password of who may read all. */
    static final String SUPER = "super:secret";

    private static final String SUPER_DIGEST = "super:lK75jTNcA+U9vtVEw5vB51mj/w4=";
    /** Containers often have a few megabytes only. */
    private static final long MEMORY_BYTES_MIN = 2L << 30;

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Path folder;
    private final Path memory;
    private final Map<String, String> settings = new HashMap<>();
    private final List<String> jvm = new ArrayList<>(List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-ea",
            // Says why members change their roles.
            "-Dlogback.configurationFile=ensemble/logback.xml"));
    private final List<Member> members = new ArrayList<>();

    /** A test that is interrupted leaves nothing behind, either. */
    private final Thread atExit = new Thread(this::end);

    private EnsembleProcesses(String name, List<Seat> seats, List<ServerKind> kinds, Set<Integer> observers) {
        folder = Folders.empty("ensemble", name);
        memory = inMemory(folder);
        settings.put("tickTime", Integer.toString(TICK_MILLIS));
        settings.put("initLimit", "40");
        settings.put("syncLimit", "6");
        settings.put("maxSessionTimeout", "120000");
        settings.put("maxClientCnxns", "0");
        settings.put("4lw.commands.whitelist", "*,hand,hdto");
        settings.put("extendedTypesEnabled", "true");
        settings.put("preAllocSize", "4096");
        settings.put("DigestAuthenticationProvider.superDigest", SUPER_DIGEST);
        settings.put("quorate.log.segmentMb", "8");
        settings.put("quorate.log.reserveMb", "16");
        for (Seat seat : seats) {
            settings.put("server." + seat.sid(), seat.line(observers.contains(seat.sid())));
            Path place = folder.resolve(Integer.toString(seat.sid()));
            Path data = memory.resolve(Integer.toString(seat.sid()));
            members.add(new Member(seat, kinds.get(seat.sid() - 1), place, data, settings, jvm));
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Where data is kept in memory, if there is such a place: how fast a busy disk syncs is not what these tests are about. */
    private static Path inMemory(Path otherwise) {
        Path shared = Path.of("/dev/shm");
        try {
            boolean roomy =
                    Files.isWritable(shared) && Files.getFileStore(shared).getUsableSpace() > MEMORY_BYTES_MIN;
            return roomy ? Files.createTempDirectory(shared, "quorate-ensemble") : otherwise;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So many voters of one kind on loopback, not started. */
    public static EnsembleProcesses of(String name, int voters, ServerKind kind) {
        return of(name, Collections.nCopies(voters, kind), Set.of());
    }

    /** One member for each kind on loopback, not started; those named in {@code observers} do not vote. */
    static EnsembleProcesses of(String name, List<ServerKind> kinds, Set<Integer> observers) {
        return new EnsembleProcesses(name, Seat.onLoopback(kinds.size()), kinds, observers);
    }

    /** One voter of a kind for each seat, not started. */
    static EnsembleProcesses on(String name, List<Seat> seats, ServerKind kind) {
        return new EnsembleProcesses(name, seats, Collections.nCopies(seats.size(), kind), Set.of());
    }

    /** Adds one {@code zoo.cfg} key for all processes started from now on. */
    public EnsembleProcesses with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Writes into every {@code server.N} line where clients find that member; without this, the members do not know. */
    public EnsembleProcesses withClientPorts() {
        for (Member member : members) {
            String client = member.address().getAddress().getHostAddress() + ":"
                    + member.address().getPort();
            settings.merge("server." + member.sid(), ";" + client, String::concat);
        }
        return this;
    }

    /** Starts every member that has no process, and returns when all serve. */
    public void start() {
        members.stream().filter(member -> !member.isRunning()).forEach(Member::launch);
        awaitServing();
    }

    /** Waits until every process serves, one of them as leader. */
    public void awaitServing() {
        members.stream().filter(Member::isRunning).forEach(member -> member.process()
                .awaitServing());
        await("one leader")
                .until(() -> members.stream()
                                        .filter(member -> member.mode().equals("leader"))
                                        .count()
                                == 1
                        && members.stream()
                                .noneMatch(member ->
                                        member.isRunning() && member.mode().isEmpty()));
    }

    /** Adds options of the JVM for all processes started from now on. */
    public EnsembleProcesses withJvm(String... options) {
        jvm.addAll(List.of(options));
        return this;
    }

    /** All members by their numbers, with or without a process. */
    public List<Member> members() {
        return Collections.unmodifiableList(members);
    }

    /** The member with this number. */
    public Member member(int sid) {
        return members.get(sid - 1);
    }

    /** The member that leads; waits for one. */
    public Member leader() {
        return await("a leader")
                .until(() -> withMode("leader"), found -> !found.isEmpty())
                .get(0);
    }

    /** The members that follow now. */
    public List<Member> followers() {
        return withMode("follower");
    }

    private List<Member> withMode(String mode) {
        return members.stream().filter(member -> member.mode().equals(mode)).toList();
    }

    /** {@code host:port} of all members. */
    public String connectString() {
        return members.stream()
                .map(member -> member.address().getAddress().getHostAddress() + ":"
                        + member.address().getPort())
                .collect(Collectors.joining(","));
    }

    Path folder() {
        return folder;
    }

    static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(50));
    }

    /** Kills every process that is left, and deletes what they kept in memory. What they printed stays. */
    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void end() {
        members.forEach(Member::close);
        if (!memory.equals(folder)) {
            Folders.deleteAll(memory);
        }
    }
}
