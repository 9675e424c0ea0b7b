package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Gives back the space that earlier runs had allocated and did not use: zeros behind the last byte that is none, and behind the
 * last whole record, which may end in zeros itself. The few at the end of a segment that was trimmed may stay.
 */
final class OldRuns {

    private static final int PIECE_BYTES = 256 << 10;
    private static final int ALIGNMENT = 8;

    private OldRuns() {}

    static void tidy(List<Path> runs) throws IOException {
        for (Path run : runs) {
            boolean used = false;
            try (DirectoryStream<Path> files = Files.newDirectoryStream(run)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    if (name.endsWith(SegmentFile.PREPARED_SUFFIX)) {
                        Files.delete(file);
                    } else if (name.endsWith(SegmentFile.SUFFIX)) {
                        used = true;
                        trimZeros(file);
                    }
                }
            }
            if (!used) {
                delete(run);
            }
        }
    }

    /** Deletes all segments up to a number, and the runs that are left without any, except the one in use. */
    static void delete(Path log, long lastNumber, Path runInUse) throws IOException {
        for (Path run : SegmentFile.runs(log)) {
            boolean used = run.equals(runInUse);
            for (SegmentFile segment : SegmentFile.in(run)) {
                if (segment.number() <= lastNumber) {
                    Files.delete(segment.file());
                } else {
                    used = true;
                }
            }
            if (!used) {
                delete(run);
            }
        }
    }

    private static void delete(Path run) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(run)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(run);
    }

    private static void trimZeros(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long size = channel.size();
            long used = usedBytes(channel, size);
            if (size - used > SegmentWriter.SLACK_BYTES) {
                channel.truncate(Math.max(used, wholeBytes(file)));
            }
        }
    }

    private static long wholeBytes(Path file) throws IOException {
        try (SegmentReader reader = new SegmentReader(file)) {
            while (reader.next() != null) {}
            return reader.position();
        }
    }

    /** Length without the zeros at the end, rounded up to whole words. */
    private static long usedBytes(FileChannel channel, long size) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        long end = size;
        while (end > 0) {
            long start = Math.max(0, end - PIECE_BYTES);
            piece.clear().limit((int) (end - start));
            while (piece.hasRemaining() && channel.read(piece, start + piece.position()) >= 0) {}
            int last = piece.position();
            if (Zeros.count(piece, 0, last) < last) {
                do {
                    last--;
                } while (piece.get(last) == 0);
                return Math.min(size, (start + last + ALIGNMENT) & -ALIGNMENT);
            }
            end = start;
        }
        return 0;
    }
}
