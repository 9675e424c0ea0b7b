package io.quorate.xcheck;

import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What can be measured of a server from outside.
 *
 * @param heapBytes live objects after a full collection
 * @param files open file descriptors
 * @param logLines lines printed so far
 */
record Vitals(long heapBytes, long files, long logLines) {

    static Vitals of(ServerProcess server) {
        return new Vitals(
                liveHeap(server.pid()),
                openFiles(server),
                server.output().lines().count());
    }

    /** Open file descriptors of the process. */
    static long openFiles(ServerProcess server) {
        try (Stream<Path> files = Files.list(Path.of("/proc", Long.toString(server.pid()), "fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A number from the {@code mntr} command; -1 if it is not there. */
    static long metric(ServerProcess server, String name) {
        return server.fourLetterWord("mntr")
                .lines()
                .filter(line -> line.startsWith(name + "\t"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private static long liveHeap(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        List<String> command = List.of(jcmd, Long.toString(pid), "GC.class_histogram");
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String total = text.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(text));
            return Long.parseLong(total.trim().split(" +", -1)[2]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
