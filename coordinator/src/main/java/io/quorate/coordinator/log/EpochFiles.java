package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The two epochs that a member of an ensemble must not forget: the one it last promised to, and the one whose history it last
 * took over. Each is a small file, replaced atomically; a write returns when it is durable. The format is ZooKeeper's
 * (storage formats, section 2): a decimal number on the first line.
 */
public final class EpochFiles {

    private final Path accepted;
    private final Path current;

    /** The files in this directory, which lies beside the snapshots. */
    public EpochFiles(Path directory) {
        accepted = directory.resolve("acceptedEpoch");
        current = directory.resolve("currentEpoch");
    }

    /** The epoch last accepted, empty if none ever was. */
    public OptionalLong acceptedEpoch() {
        return read(accepted);
    }

    /** The epoch whose history this server holds, empty if it never took one over. */
    public OptionalLong currentEpoch() {
        return read(current);
    }

    /** Durable on return. */
    public void writeAcceptedEpoch(long epoch) {
        write(accepted, epoch);
    }

    /** Durable on return. */
    public void writeCurrentEpoch(long epoch) {
        write(current, epoch);
    }

    private static OptionalLong read(Path file) {
        try {
            if (!Files.exists(file)) {
                return OptionalLong.empty();
            }
            String text = Files.readString(file).lines().findFirst().orElse("").trim();
            long epoch = Long.parseLong(text);
            if (epoch < 0) {
                throw new LogException(file + " holds a negative epoch: " + epoch);
            }
            return OptionalLong.of(epoch);
        } catch (NumberFormatException e) {
            throw new LogException(file + " holds no epoch", e);
        } catch (IOException e) {
            throw new LogException("cannot read " + file, e);
        }
    }

    private static void write(Path file, long epoch) {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch " + epoch);
        }
        try {
            Disk.replace(file, Long.toString(epoch).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new LogException("cannot write " + file, e);
        }
    }
}
