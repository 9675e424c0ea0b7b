package io.quorate.libraries;

import io.quorate.groups.assignor.TopicPartition;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * What a process did, one line for each event, with the times of {@link System#nanoTime}, which on one host all processes share.
 * Lines are handed to the system when they are written: kill -9 takes none away, but may cut the last one.
 */
final class RecordLog implements AutoCloseable {
    /** What can be said of a host and a partition. */
    enum Kind {
        /** It may be processed from this offset on. */
        ASSIGNED,
        /** The record with this offset is processed; the time is that at which leave to do so was asked for. */
        RECORD,
        /** It was given up. */
        REVOKED,
        /** It was taken away. */
        LOST,
        /** Somebody has moved its offset to here. */
        MOVED,
        /** The host is no member any more; the partition is of no meaning. */
        ENDED;

        Line of(String group, String host, TopicPartition partition, long offset, long nanos) {
            return new Line(this, group, host, partition, offset, nanos);
        }
    }

    /**
     * One line.
     *
     * @param host a name that no other host ever has, not even the next one in the same place
     */
    record Line(Kind kind, String group, String host, TopicPartition partition, long offset, long nanos) {
        private String text() {
            return kind + " " + group + " " + host + " " + partition.topic() + " " + partition.partition() + " "
                    + offset + " " + nanos + "\n";
        }

        private static Line parse(String text) {
            String[] parts = text.split(" ", -1);
            return new Line(
                    Kind.valueOf(parts[0]),
                    parts[1],
                    parts[2],
                    new TopicPartition(parts[3], Integer.parseInt(parts[4])),
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[6]));
        }
    }

    private final OutputStream out;

    /** A new log in a file. */
    RecordLog(Path file) {
        try {
            // Not buffered: each write is one call of the system, and may come from any thread.
            out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes lines, in order; any thread. */
    void write(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.text()));
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole lines of a file behind the first {@code skip} bytes; adds to {@code lines} and returns where they end. */
    static long read(Path file, long skip, List<Line> lines) {
        if (!Files.exists(file)) {
            return skip;
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(skip);
            byte[] all = in.readAllBytes();
            int end = all.length;
            while (end > 0 && all[end - 1] != '\n') {
                end--;
            }
            String text = new String(all, 0, end, StandardCharsets.UTF_8);
            text.lines().map(Line::parse).forEach(lines::add);
            return skip + end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
