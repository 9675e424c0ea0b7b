package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.read.OffsetReset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where offsets are moved to; exactly one of these is given. */
final class ResetTarget {

    private static final Pattern LINE = Pattern.compile("\"?([^,\"]+)\"?,(\\d{1,9}),(\\d{1,18})");

    @Option(names = "--to-offset", paramLabel = "N", description = "To this offset.")
    private Long offset;

    @Option(names = "--shift-by", paramLabel = "N", description = "By so many records, backward if negative.")
    private Long shift;

    @Option(names = "--to-current", description = "To where they are.")
    private boolean current;

    @Option(names = "--to-latest", description = "To the ends of the logs; needs --log-end-offsets.")
    private boolean latest;

    @Option(
            names = "--from-file",
            paramLabel = "FILE",
            description = "To those of a file with lines topic,partition,offset, as --export prints them.")
    private Path file;

    @Option(
            names = {"--to-earliest", "--to-datetime", "--by-duration"},
            hidden = true,
            arity = "0..1",
            fallbackValue = "",
            description = "What only brokers know.")
    private String onlyBrokersKnow;

    OffsetReset reset(LogEndFile logEnds) throws AdminException {
        if (onlyBrokersKnow != null) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "only brokers know where logs begin and what was written when: ask them with kafka-get-offsets.sh"
                            + " (--time -2 for the beginnings), and give its answer with --to-offset or --from-file");
        }
        if (latest && !logEnds.isGiven()) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "--to-latest needs --log-end-offsets FILE: only brokers know where logs end; ask them with"
                            + " kafka-get-offsets.sh");
        }
        if (offset != null && offset < 0) {
            throw new AdminException(AdminExit.FAILED, "--to-offset " + offset + ": offsets begin at 0");
        }
        if (offset != null) {
            return OffsetReset.toOffset(offset);
        }
        if (shift != null) {
            return OffsetReset.shiftBy(shift);
        }
        if (latest) {
            return OffsetReset.toLatest();
        }
        return current ? OffsetReset.toCurrent() : OffsetReset.to(listed());
    }

    /** What the file says; null if there is none. */
    Map<TopicPartition, Long> listed() throws AdminException {
        if (file == null) {
            return null;
        }
        Map<TopicPartition, Long> listed = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = LINE.matcher(line.strip());
                if (matcher.matches()) {
                    TopicPartition partition = new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2)));
                    listed.put(partition, Long.parseLong(matcher.group(3)));
                } else if (!line.isBlank()) {
                    throw new AdminException(
                            AdminExit.FAILED, file + ": '" + line + "' is not of the form topic,partition,offset");
                }
            }
            return listed;
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
