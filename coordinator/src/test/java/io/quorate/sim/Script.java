package io.quorate.sim;

import io.quorate.coordinator.core.Event;
import io.quorate.sim.check.Violation;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.OpCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
 * <p>Commands: {@code servers N}, {@code observers N}, {@code window N}, {@code counter N}, {@code snapshots N},
 * {@code keep MILLIS} and {@code epoch-wait MILLIS} before the first start; {@code start}, {@code kill}, {@code unplug},
 * {@code wipe}, {@code cut} and {@code join} with servers; {@code lose PACKET at SERVER}, {@code repeat PACKET at SERVER}, {@code keep-packets}, {@code stick SERVER
 * for MILLIS}, {@code slow SERVER to SERVER by MILLIS} (0 ends it), {@code break SERVER to SERVER}, {@code config TEXT of SERVER}
 * for what a server claims in its votes; {@code client N at SERVER}, {@code create PATH by N}, {@code ephemeral PATH by N},
 * {@code exists PATH by N}, {@code vanish N}; {@code hand SERVER}; {@code pass MILLIS}; {@code trace disk} and {@code trace votes
 * SERVER} for more of it, and {@code quietly} for a scene whose trace nobody wants to read.
 */
final class Script {

    private static final Pattern LINE = Pattern.compile("^\\s*\\S+  (.{4}) (.*)$");
    private static final String RULE = "----";
    private static final int CLIENTS = 4;
    private static final int EPHEMERAL = 1;
    private static final int TICK_MILLIS = 100;
    private static final long COUNTER_MAX = 0xffff_fffeL;
    private static final Pattern DISK = Pattern.compile("logs .*|has on disk .*|has (accepted|current) epoch .*");
    private static final Pattern NOISE = Pattern.compile("→ \\d+  PING.*|asks #.*|connects to .*|has session .*|"
            + "link is gone to .*|is answered #-2 .*|has everything up to 0");

    private final Meddling meddling = new Meddling();
    private final Plant defect;
    private int servers = 3;
    private int observers;
    private int window = 500;
    private long counterMax = COUNTER_MAX;
    private int snapshotEvery;
    private int keepMillis;
    private int epochWaitMillis = -1;
    private boolean tracesDisk;
    private String tracesVotesOf = "";
    private boolean quiet;
    private Cluster cluster;
    private int told;

    private Script(Plant defect) {
        this.defect = defect;
    }

    /** Plays the script, and returns it with what really happened. */
    static String play(String text) {
        return play(text, Plant.NONE);
    }

    /** The same, with a defect in every server. */
    static String play(String text, Plant defect) {
        Script script = new Script(defect);
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
            case "epoch-wait" -> epochWaitMillis = Integer.parseInt(words[1]);
            case "trace" -> trace(words[1], words[words.length - 1]);
            case "pass" -> cluster().pass(millis(words[1]));
            case "lose" -> meddling.lose(words[1], Long.parseLong(words[3]));
            case "repeat" -> meddling.repeat(words[1], Long.parseLong(words[3]));
            case "keep-packets" -> meddling.keepAll();
            case "config" -> meddling.claim(Long.parseLong(words[3]), words[1].replace("\\n", "\n"));
            case "stick" -> server(words[1]).stick(millis(words[3]));
            case "slow" -> cluster().net().slow(Long.parseLong(words[1]), Long.parseLong(words[3]), millis(words[5]));
            case "break" -> breakLink(server(words[1]), Long.parseLong(words[3]));
            case "hand" -> handOver(Long.parseLong(words[1]));
            case "client", "create", "ephemeral", "exists", "vanish" -> asClient(words);
            default -> {
                for (int i = 1; i < words.length; i++) {
                    doTo(words[0], server(words[i]));
                }
            }
        }
    }

    private void asClient(String... words) {
        SimClient client = client(words[words[0].equals("client") || words[0].equals("vanish") ? 1 : 3]);
        switch (words[0]) {
            case "client" -> client.connectTo(server(words[3]));
            case "create" -> client.ask(OpCode.CREATE, new CreateRequest(words[1], null, Acl.OPEN_UNSAFE, 0));
            case "ephemeral" -> client.ask(
                    OpCode.CREATE, new CreateRequest(words[1], null, Acl.OPEN_UNSAFE, EPHEMERAL));
            case "exists" -> client.ask(OpCode.EXISTS, new ExistsRequest(words[1], false));
            default -> client.vanish();
        }
    }

    private void trace(String what, String server) {
        if (what.equals("votes")) {
            tracesVotesOf = server;
        } else {
            tracesDisk = true;
        }
    }

    /** Breaks the connections on the quorum port that a server has to another. */
    private static void breakLink(SimServer server, long to) {
        for (SimLink link : server.process().links().open()) {
            if (link.peer() == to) {
                link.breakDown();
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
            cluster = new Cluster(new Chance(1), recipe(), new BothPlants(defect, meddling), true);
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
                0,
                epochWaitMillis);
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
            if (isWanted(who, what)) {
                lines.add(who.isEmpty() ? what : who + ": " + what);
            }
        }
        told = story.size();
        return lines;
    }

    private boolean isWanted(String who, String what) {
        if (what.startsWith("⇢")) {
            return who.equals(tracesVotesOf) || what.startsWith("⇢ " + tracesVotesOf + " ");
        }
        return !NOISE.matcher(what).matches()
                && (tracesDisk || !DISK.matcher(what).matches());
    }
}
