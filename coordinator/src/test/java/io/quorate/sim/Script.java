package io.quorate.sim;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.Link;
import io.quorate.sim.check.Violation;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A scene that an ensemble plays: commands, and below them what its servers did and said, in order. Everything is as in the
 * seeds, the properties included, but nothing goes wrong that the script does not say.
 *
 * <pre>
 *   # A comment.
 *   servers 3
 *   start 1 2 3
 *   pass 1000
 *   ----
 *   3: LEADING: leader 3 was elected
 *
 *   the next commands …
 * </pre>
 *
 * <p>Commands: {@code servers N}, {@code observers N}, {@code window N}, {@code counter N}, {@code snapshots N} and
 * {@code keep MILLIS} before the first start; {@code start}, {@code kill}, {@code unplug}, {@code wipe}, {@code cut} and
 * {@code join} with servers; {@code lose PACKET at SERVER}, {@code keep-packets}, {@code stick SERVER for MILLIS}; {@code client N
 * at SERVER}, {@code create PATH by N}; {@code hand SERVER}; {@code pass MILLIS}; {@code trace disk} for more of it, and
 * {@code quietly} for a scene whose trace nobody wants to read.
 */
final class Script implements Plant {

    private static final Pattern LINE = Pattern.compile("^\\s*\\S+  (.{4}) (.*)$");
    private static final String RULE = "----";
    private static final int CLIENTS = 4;
    private static final int TICK_MILLIS = 100;
    private static final long COUNTER_MAX = 0xffff_fffeL;
    private static final Pattern DISK = Pattern.compile("logs .*|has on disk .*|has (accepted|current) epoch .*");
    private static final Pattern NOISE = Pattern.compile("⇢.*|→ \\d+  PING.*|asks #.*|connects to .*|has session .*|"
            + "link is gone to .*|is answered #-2 .*|has everything up to 0");

    private final Set<String> lost = new HashSet<>();
    private int servers = 3;
    private int observers;
    private int window = 500;
    private long counterMax = COUNTER_MAX;
    private int snapshotEvery;
    private int keepMillis;
    private boolean tracesDisk;
    private boolean quiet;
    private Cluster cluster;
    private int told;

    private Script() {}

    /** Plays the script, and returns it with what really happened. */
    static String play(String text) {
        Script script = new Script();
        StringBuilder played = new StringBuilder();
        for (String scene : text.strip().split("\n\n", -1)) {
            played.append(played.isEmpty() ? "" : "\n").append(script.scene(scene));
        }
        return played.toString();
    }

    private String scene(String text) {
        StringBuilder played = new StringBuilder();
        quiet = false;
        for (String line : text.split("\n", -1)) {
            if (line.equals(RULE)) {
                break;
            }
            played.append(line).append('\n');
            if (!line.startsWith("#")) {
                obey(line.split(" ", -1));
            }
        }
        played.append(RULE).append('\n');
        List<String> happened = trace();
        if (!quiet) {
            happened.forEach(line -> played.append(line).append('\n'));
        }
        return played.toString();
    }

    private void obey(String... words) {
        switch (words[0]) {
            case "servers" -> servers = Integer.parseInt(words[1]);
            case "observers" -> observers = Integer.parseInt(words[1]);
            case "window" -> window = Integer.parseInt(words[1]);
            case "counter" -> counterMax = Long.parseLong(words[1]);
            case "snapshots" -> snapshotEvery = Integer.parseInt(words[1]);
            case "keep" -> keepMillis = Integer.parseInt(words[1]);
            case "quietly" -> quiet = true;
            case "trace" -> tracesDisk = words[1].equals("disk");
            case "pass" -> cluster().pass(millis(words[1]));
            case "lose" -> lost.add(words[3] + words[1]);
            case "keep-packets" -> lost.clear();
            case "stick" -> server(words[1]).stick(millis(words[3]));
            case "client" -> client(words[1]).connectTo(server(words[3]));
            case "create" -> client(words[3]).create(words[1]);
            case "hand" -> handOver(Long.parseLong(words[1]));
            default -> {
                for (int i = 1; i < words.length; i++) {
                    doTo(words[0], server(words[i]));
                }
            }
        }
    }

    private void doTo(String what, SimServer server) {
        switch (what) {
            case "start" -> server.start();
            case "kill" -> server.kill();
            case "unplug" -> server.losePower();
            case "wipe" -> {
                server.disk().wipe();
                cluster.check().tell(check -> check.wiped(server.sid()));
            }
            case "cut" -> between(server, true);
            case "join" -> between(server, false);
            default -> throw new IllegalArgumentException("no command: " + what);
        }
    }

    /** Cuts a server off from all others, or ends that. */
    private void between(SimServer server, boolean cut) {
        for (SimServer other : cluster.servers()) {
            if (other != server && cut) {
                cluster.net().block(server.sid(), other.sid());
                cluster.net().block(other.sid(), server.sid());
            } else if (other != server) {
                cluster.net().unblock(server.sid(), other.sid());
                cluster.net().unblock(other.sid(), server.sid());
            }
        }
    }

    private void handOver(long to) {
        SimServer leader = cluster.leader();
        leader.process().deliver(new Event.HandOverWanted(to, result -> cluster.story()
                .tell("" + leader.sid(), () -> result.isDone() ? "handed over" : result.refusal())));
    }

    private static long millis(String word) {
        return Long.parseLong(word) * Scheduler.MILLI;
    }

    private SimServer server(String word) {
        return cluster().server(Long.parseLong(word));
    }

    private SimClient client(String word) {
        return cluster().clients().get(Integer.parseInt(word) - 1);
    }

    /** Made when it is first needed: everything that sets it up was said by then. */
    private Cluster cluster() {
        if (cluster == null) {
            cluster = new Cluster(new Chance(1), recipe(), this, true);
        }
        return cluster;
    }

    private Recipe recipe() {
        long network = Scheduler.MILLI;
        long sync = Scheduler.MILLI;
        return new Recipe(
                Recipe.members(servers, observers, Map.of(), Map.of()),
                TICK_MILLIS,
                10,
                5,
                window,
                0,
                false,
                counterMax,
                snapshotEvery,
                keepMillis,
                network,
                network,
                sync,
                sync,
                CLIENTS,
                1,
                10 * Scheduler.MILLI,
                true,
                0,
                0,
                0);
    }

    @Override
    public boolean takes(Seam seam, Link link, QuorumPacket packet) {
        PacketType type = packet.packetType();
        return type == null || !lost.contains(seam.sid() + type.name());
    }

    /** What was told since the last call, as far as a reader wants to see it. */
    private List<String> trace() {
        List<String> lines = new ArrayList<>();
        List<String> story = cluster().story().lines();
        for (String line : story.subList(told, story.size())) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new Violation("not a line of a story: " + line);
            }
            String who = parts.group(1).strip();
            String what = parts.group(2).strip();
            boolean wanted = !NOISE.matcher(what).matches()
                    && (tracesDisk || !DISK.matcher(what).matches());
            if (wanted) {
                lines.add(who.isEmpty() ? what : who + ": " + what);
            }
        }
        told = story.size();
        return lines;
    }
}
