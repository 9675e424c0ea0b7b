package io.quorate.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Owns servers of one side that form an ensemble, or one that stands alone. */
final class Ensemble implements Subject {

    /** What the programs take that measure ensembles only. */
    static final int MEMBERS = 3;

    private static final long ELECTION_NANOS_MAX = TimeUnit.MINUTES.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final List<Server> members = new ArrayList<>();

    private Ensemble() {}

    /** Starts so many members with empty folders of their own below {@code parent}, and returns when all serve. */
    static Ensemble start(Side side, Path parent, int members) throws IOException {
        Ensemble ensemble = new Ensemble();
        try {
            List<String> settings = settings(side, members);
            Side member = new Side(side.label(), side.kind(), side.jvm(), settings);
            for (int sid = 1; sid <= members; sid++) {
                Path folder = parent.resolve(side.label().replaceAll("[^a-z0-9]", "-") + "-" + sid);
                Server.delete(folder);
                Files.createDirectories(folder.resolve("data"));
                Files.writeString(folder.resolve("data").resolve("myid"), sid + "\n");
                ensemble.members.add(Server.launch(member, folder));
            }
            for (Server server : ensemble.members) {
                server.awaitServing();
            }
            return ensemble;
        } catch (IOException | RuntimeException e) {
            ensemble.close();
            throw e;
        }
    }

    private static List<String> settings(Side side, int members) throws IOException {
        List<String> settings = new ArrayList<>(side.settings());
        if (members > 1) {
            settings.addAll(List.of("initLimit=60", "syncLimit=10"));
            for (int sid = 1; sid <= members; sid++) {
                settings.add("server." + sid + "=127.0.0.1:" + Ports.free() + ":" + Ports.free());
            }
        }
        return settings;
    }

    /** What clients of the ensemble are told. */
    String connectString() {
        return members.stream()
                .map(member -> member.target().address())
                .map(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                .collect(Collectors.joining(","));
    }

    /** The member that leads; waits for one. */
    Server leader() throws IOException {
        long deadline = System.nanoTime() + ELECTION_NANOS_MAX;
        while (System.nanoTime() < deadline) {
            Optional<Server> leader = members.stream().filter(Server::isLeader).findFirst();
            if (leader.isPresent()) {
                return leader.get();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new IOException("nobody leads; " + lastOutput());
    }

    /** All members; connections are to go round them. */
    @Override
    public Target target() {
        return Target.all(members.stream().map(Server::target).toList());
    }

    @Override
    public String lastOutput() {
        return "the first member's output:\n" + members.get(0).lastOutput();
    }

    /** Whether it serves without one of its members. */
    boolean hasSpare() {
        return members.size() >= MEMBERS;
    }

    /** All members but one. */
    List<Server> without(Server member) {
        return members.stream().filter(other -> other != member).toList();
    }

    @Override
    public void close() throws IOException {
        for (Server member : members) {
            member.close();
        }
    }
}
