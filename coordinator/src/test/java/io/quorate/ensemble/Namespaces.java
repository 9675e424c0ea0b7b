package io.quorate.ensemble;

import io.quorate.harness.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of its own for each member, joined by a bridge that the test reaches too: links between any two members can be
 * cut, in one direction or both, and be slow. Needs Linux, root and {@code ip}. What an earlier run left behind when it was killed
 * is cleared away.
 *
 * <p>A cut gives the sender a wrong hardware address for the receiver: its packets vanish on the bridge, as on a broken line, and
 * nobody is told.
 */
final class Namespaces implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("(?m)^(qn(\\d+)x\\d+)");
    private static final Pattern BRIDGE = Pattern.compile("(?m)\\b(q[bv](\\d+))[x\\d]*[:@]");
    private static final String NOBODY = "02:00:00:00:00:01";
    private static final long COMMAND_SECONDS_MAX = 20;

    private final long pid = ProcessHandle.current().pid();
    private final String bridge = "qb" + pid;
    private final int count;
    private final String prefix;
    private final Thread atExit = new Thread(this::delete);

    private Namespaces(int count) {
        this.count = count;
        // 198.18.0.0/15 is set aside for tests between networks, so it is nobody's.
        this.prefix = "198." + (18 + pid / 250 % 2) + "." + pid % 250 + ".";
    }

    /** Empty if networks can be made here, else why not. */
    static String obstacle() {
        try {
            clearLeftOvers();
            String name = "qn" + ProcessHandle.current().pid() + "x0";
            must("ip", "netns", "add", name);
            must("ip", "netns", "del", name);
            return "";
        } catch (IOException | IllegalStateException e) {
            return e.toString();
        }
    }

    /** Networks for members 1 to {@code count}. */
    static Namespaces create(int count) throws IOException {
        Namespaces networks = new Namespaces(count);
        Runtime.getRuntime().addShutdownHook(networks.atExit);
        must("ip", "link", "add", networks.bridge, "type", "bridge");
        must("ip", "addr", "add", networks.prefix + "254/24", "dev", networks.bridge);
        must("ip", "link", "set", networks.bridge, "up");
        for (int sid = 1; sid <= count; sid++) {
            networks.join(sid);
        }
        return networks;
    }

    private void join(int sid) throws IOException {
        String outside = line(pid, sid);
        must("ip", "netns", "add", name(sid));
        must("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name(sid));
        must("ip", "link", "set", outside, "master", bridge, "up");
        inside(sid, "ip", "addr", "add", address(sid) + "/24", "dev", "eth0");
        inside(sid, "ip", "link", "set", "eth0", "up");
        inside(sid, "ip", "link", "set", "lo", "up");
    }

    /** One seat in each network. */
    List<Seat> seats() throws IOException {
        List<Integer> ports = Ports.free(3);
        List<Seat> seats = new ArrayList<>();
        for (int sid = 1; sid <= count; sid++) {
            List<String> before = List.of("ip", "netns", "exec", name(sid));
            InetAddress host = InetAddress.getByName(address(sid));
            seats.add(new Seat(sid, host, ports.get(0), ports.get(1), ports.get(2), before));
        }
        return seats;
    }

    /** Loses all that one member sends to another. */
    void cut(int from, int to) throws IOException {
        inside(from, "ip", "neigh", "replace", address(to), "lladdr", NOBODY, "dev", "eth0", "nud", "permanent");
    }

    /** Delays what a member sends, or where the system cannot, sends it over a thin line. Says which. */
    String slow(int sid) throws IOException {
        String[] delay = {"tc", "qdisc", "add", "dev", "eth0", "root", "netem", "delay", "150ms", "100ms"};
        String[] thin = {
            "tc", "qdisc", "add", "dev", "eth0", "root", "tbf", "rate", "128kbit", "burst", "3000", "latency", "4s"
        };
        if (run(inNamespace(sid, delay)).isEmpty()) {
            return "delayed";
        }
        inside(sid, thin);
        return "on a thin line";
    }

    /** All links are whole and fast again. */
    void heal() throws IOException {
        for (int sid = 1; sid <= count; sid++) {
            inside(sid, "ip", "neigh", "flush", "dev", "eth0", "nud", "permanent");
            String nothingThere = run(inNamespace(sid, "tc", "qdisc", "del", "dev", "eth0", "root"));
            assert nothingThere != null;
        }
    }

    /** Takes the networks away; nothing must run in them any more. */
    @Override
    public void close() {
        delete();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void delete() {
        try {
            delete(pid, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines, too: what a dead process had not sent yet may keep its network, unseen, for a while. */
    private static void delete(long pid, int count) throws IOException {
        String gone = run("ip", "link", "del", "qb" + pid);
        for (int sid = 0; sid <= count; sid++) {
            gone += run("ip", "link", "del", line(pid, sid));
            gone += run("ip", "netns", "del", "qn" + pid + "x" + sid);
        }
        assert gone != null;
    }

    /** The name of a member's line on the bridge. */
    private static String line(long pid, int sid) {
        return "qv" + pid + "x" + sid;
    }

    /** Those of processes that are no more. */
    private static void clearLeftOvers() throws IOException {
        for (Matcher found :
                List.of(NAME.matcher(output("ip", "netns", "list")), BRIDGE.matcher(output("ip", "-o", "link")))) {
            while (found.find()) {
                long owner = Long.parseLong(found.group(2));
                if (!Files.exists(Path.of("/proc", Long.toString(owner)))) {
                    delete(owner, 9);
                }
            }
        }
    }

    private String name(int sid) {
        return "qn" + pid + "x" + sid;
    }

    private String address(int sid) {
        return prefix + sid;
    }

    private void inside(int sid, String... command) throws IOException {
        must(inNamespace(sid, command));
    }

    private String[] inNamespace(int sid, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name(sid)));
        all.addAll(List.of(command));
        return all.toArray(new String[0]);
    }

    private static void must(String... command) throws IOException {
        String trouble = run(command);
        if (!trouble.isEmpty()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + trouble);
        }
    }

    /** What is wrong; empty if the command succeeded. */
    private static String run(String... command) throws IOException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
            return ended && process.exitValue() == 0 ? "" : "failed: " + text.trim();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
