package io.quorate.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say which servers are started, and how. */
final class Servers {

    @Option(names = "--left", defaultValue = "zookeeper", description = "${COMPLETION-CANDIDATES}")
    private ServerKind left;

    @Option(names = "--right", defaultValue = "quorate", description = "${COMPLETION-CANDIDATES}")
    private ServerKind right;

    @Option(names = "--echo", description = "Measures the practical limit, too.")
    private boolean echo;

    @Option(
            names = "--folder",
            defaultValue = "${env:LOAD_FOLDER:-load}",
            description = "Data and results; on a real disk, not in memory.")
    Path folder;

    @Option(names = "--heap", defaultValue = "4g", description = "Heap of each server, fixed.")
    private String heap;

    @Option(names = "--jvm", description = "One more JVM option for every server; can be repeated, like the next.")
    private List<String> jvm = List.of();

    @Option(names = "--left-jvm", description = "One more JVM option for the left server.")
    private List<String> leftJvm = List.of();

    @Option(names = "--right-jvm", description = "One more JVM option for the right server.")
    private List<String> rightJvm = List.of();

    @Option(names = "--left-setting", description = "A line key=value of the left server's zoo.cfg.")
    private List<String> leftSettings = List.of();

    @Option(names = "--right-setting", description = "A line key=value of the right server's zoo.cfg.")
    private List<String> rightSettings = List.of();

    /** The columns of the comparison, left first. */
    List<Side> sides() {
        String name = label(right);
        List<Side> sides = new ArrayList<>();
        sides.add(new Side(label(left), left, jvm(leftJvm), leftSettings));
        sides.add(new Side(left == right ? name + " again" : name, right, jvm(rightJvm), rightSettings));
        if (echo) {
            sides.add(new Side("echo limit", ServerKind.ECHO, jvm(List.of()), List.of()));
        }
        return sides;
    }

    /** The columns in the order in which they are measured; every second round starts from the other end. */
    List<Side> sides(int round) {
        List<Side> order = sides();
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }

    private List<String> jvm(List<String> own) {
        List<String> all = new ArrayList<>(List.of("-Xms" + heap, "-Xmx" + heap));
        all.addAll(jvm);
        all.addAll(own);
        return all;
    }

    private static String label(ServerKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
