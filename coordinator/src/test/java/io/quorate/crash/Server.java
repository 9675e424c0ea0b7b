package io.quorate.crash;

import io.quorate.harness.Folders;
import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What several tests ask of a server process and of its folder. */
final class Server {

    private Server() {}

    /** {@code target/crash/<name>}, empty. */
    static Path emptyFolder(String name) {
        return Folders.empty("crash", name);
    }

    /** One number of {@code mntr}; fails if it is not there. */
    static double metric(ServerProcess server, String name) {
        String text = server.fourLetterWord("mntr");
        Matcher line = Pattern.compile("(?m)^" + name + "\t(\\S+)$").matcher(text);
        if (!line.find()) {
            throw new AssertionError(name + " is not in\n" + text);
        }
        return Double.parseDouble(line.group(1));
    }

    /** Memory that the process really takes, in bytes. */
    static long residentBytes(ServerProcess server) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) << 10;
            }
        }
        throw new IOException("no VmRSS");
    }

    /** Processor time that the process has used, in milliseconds. */
    static long cpuMillis(ServerProcess server) throws IOException {
        return ProcessHandle.of(server.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElseThrow(() -> new IOException("no processor time"))
                .toMillis();
    }
}
