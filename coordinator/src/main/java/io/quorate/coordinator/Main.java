package io.quorate.coordinator;

import io.quorate.coordinator.cli.Quorate;
import io.quorate.coordinator.cli.RunningServer;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.StartException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Entry of the process: runs the command and ends with its exit code. The only class that may end the process. */
public final class Main {

    private Main() {}

    /** Runs {@code quorate} with these arguments. */
    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(Quorate.run(arguments, Main::start, out, err));
    }

    private static RunningServer start(ServerConfig config) throws StartException {
        return Coordinator.start(config);
    }
}
