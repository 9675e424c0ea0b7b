package io.quorate.crash;

import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A start that is expected to fail, from the command to the exit code.
 *
 * @param code exit code
 * @param out what was printed on standard output: the log
 * @param err what was printed on standard error: the message
 */
record Launch(int code, String out, String err) {

    private static final int END_LIMIT_SECONDS = 120;

    /** Runs {@code quorate server} on a configuration until it ends; {@code before} is a program to run it under. */
    static Launch run(Path config, List<String> before, String... jvm) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(ServerProcess.quorateCommand(config, jvm));
        Path out = Files.createTempFile("launch", ".out");
        Path err = Files.createTempFile("launch", ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not end by itself; it printed\n" + Files.readString(out));
            }
            return new Launch(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(out);
            Files.delete(err);
        }
    }
}
