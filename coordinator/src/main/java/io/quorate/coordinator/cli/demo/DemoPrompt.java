package io.quorate.coordinator.cli.demo;

import io.quorate.coordinator.cli.answer.AdminException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/** Reads what a person wants done to the cluster, and does it. Used by one thread. */
final class DemoPrompt {

    static final String PROMPT = "demo> ";

    private final DemoCluster cluster;
    private final BufferedReader in;
    private final PrintWriter out;

    DemoPrompt(DemoCluster cluster, BufferedReader in, PrintWriter out) {
        this.cluster = cluster;
        this.in = in;
        this.out = out;
    }

    /** Returns after {@code quit}, or at the end of the input. */
    void run() throws IOException {
        while (true) {
            out.print(PROMPT);
            out.flush();
            String line = in.readLine();
            if (line == null || line.strip().equals("quit")) {
                return;
            }
            if (!line.isBlank()) {
                carryOut(List.of(line.strip().split("\\s+", -1)));
            }
        }
    }

    private void carryOut(List<String> words) {
        try {
            boolean isAlone = words.size() == 1;
            if (isAlone && words.get(0).equals("status")) {
                cluster.parts().forEach(part -> out.println("  " + part.state()));
            } else if (words.size() == 3 && words.get(0).equals("kill")) {
                cluster.kill(PartName.of(words.get(1), words.get(2)));
            } else if (words.size() == 3 && words.get(0).equals("start")) {
                PartName name = PartName.of(words.get(1), words.get(2));
                out.println("  " + cluster.start(name).state());
            } else {
                help();
            }
        } catch (AdminException | IllegalArgumentException e) {
            out.println(e.getMessage());
        }
    }

    private void help() {
        out.println("  kill broker 2    end a part as a crash does; also: kill server 1, kill member a");
        out.println("  start broker 2   start it again, or one more: start broker 4, start member c");
        out.println("  status           what is running");
        out.println("  quit             end everything and remove it; Ctrl-C does that, too");
    }
}
