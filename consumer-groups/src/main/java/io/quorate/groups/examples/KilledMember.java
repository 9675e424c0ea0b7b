package io.quorate.groups.examples;

import io.quorate.groups.read.GroupFacts;
import io.quorate.groups.read.GroupReader;
import io.quorate.groups.read.GroupState;
import io.quorate.groups.read.LogEndOffsets;
import io.quorate.groups.read.MemberFacts;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A consumer group of three processes shares a topic of twelve partitions; one is killed, and the other two take over.
 *
 * <p>Argument: servers, {@code 127.0.0.1:2181} if none is given. The group and the topic are made for this and stay.
 */
public final class KilledMember {
    private static final String GROUP = "killed-member-example";
    private static final String TOPIC = "killed-member-example";
    private static final int PARTITIONS = 12;
    private static final long LOOK_MILLIS = 100;
    private static final long LIMIT_MILLIS = 120_000;

    private KilledMember() {}

    /** Runs the example; the exit code is 0 if the group came to rest again. */
    public static void main(String[] args) throws Exception {
        String servers = args.length > 0 ? args[0] : "127.0.0.1:2181";
        try (CoordinatorClient client = CoordinatorClient.builder(servers).connect()) {
            makeTopic(client);
            List<Process> members = new ArrayList<>();
            try {
                for (int i = 1; i <= 3; i++) {
                    members.add(start(servers, "member-" + i));
                }
                print("shared among three", awaitRest(client, 3));
                members.get(0).destroyForcibly();
                System.out.println("member-1 is killed");
                print("shared among two", awaitRest(client, 2));
            } finally {
                members.forEach(Process::destroy);
            }
        }
    }

    private static void makeTopic(CoordinatorClient client) {
        StringBuilder body = new StringBuilder("{\"version\":1,\"partitions\":{");
        for (int p = 0; p < PARTITIONS; p++) {
            body.append(p == 0 ? "" : ",").append('"').append(p).append("\":[1]");
        }
        for (String each : List.of("/brokers", "/brokers/topics", "/brokers/topics/" + TOPIC)) {
            byte[] data = each.endsWith(TOPIC) ? body.append("}}").toString().getBytes(StandardCharsets.UTF_8) : null;
            try {
                client.sync().create(each, data, CreateMode.PERSISTENT);
            } catch (CoordinatorException.NodeExists e) {
                // A broker, or an earlier run, has made it.
                continue;
            }
        }
    }

    private static Process start(String servers, String name) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        List<String> command = new ArrayList<>(List.of(java));
        // The packages that have to be opened to the libraries below are the same for all of us.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> each.startsWith("--add"))
                .forEach(command::add);
        command.addAll(List.of("-cp", ManagementFactory.getRuntimeMXBean().getClassPath()));
        command.addAll(List.of(PrintingMember.class.getName(), servers, GROUP, name, TOPIC));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static GroupFacts awaitRest(CoordinatorClient client, int members) throws InterruptedException {
        GroupReader reader = new GroupReader(client, LogEndOffsets.UNKNOWN);
        long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
        while (System.nanoTime() < deadline) {
            Optional<GroupFacts> facts = reader.describe(GROUP);
            if (facts.isPresent()
                    && facts.get().state() == GroupState.STABLE
                    && facts.get().members().size() == members) {
                return facts.get();
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("the group did not come to rest with " + members + " members");
    }

    private static void print(String title, GroupFacts facts) {
        System.out.println(title + ":");
        for (MemberFacts each : facts.members()) {
            System.out.println("  " + each.id() + " " + each.owned());
        }
    }
}
