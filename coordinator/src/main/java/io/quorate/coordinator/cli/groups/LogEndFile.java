package io.quorate.coordinator.cli.groups;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.read.LogEndOffsets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Where logs end, from a file, because only brokers know: the output of {@code kafka-get-offsets.sh}. */
final class LogEndFile {

    private static final Pattern LINE = Pattern.compile("([^:]+):(\\d{1,9}):(\\d{1,18})");

    @Option(
            names = "--log-end-offsets",
            paramLabel = "FILE",
            description = {
                "Where logs end, which only brokers know: lines topic:partition:offset as kafka-get-offsets.sh prints.",
                "Without it LOG-END-OFFSET and LAG are '-'."
            })
    private Path file;

    /** What the file says; nothing without one. */
    LogEndOffsets read() throws AdminException {
        if (file == null) {
            return LogEndOffsets.UNKNOWN;
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher matcher = LINE.matcher(line.strip());
                if (matcher.matches()) {
                    ends.put(
                            new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))),
                            Long.parseLong(matcher.group(3)));
                } else if (!line.isBlank()) {
                    throw new AdminException(
                            AdminExit.FAILED, file + ": '" + line + "' is not of the form topic:partition:offset");
                }
            }
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
        }
        return partition -> ends.containsKey(partition) ? OptionalLong.of(ends.get(partition)) : OptionalLong.empty();
    }

    /** Whether there is one. */
    boolean isGiven() {
        return file != null;
    }
}
