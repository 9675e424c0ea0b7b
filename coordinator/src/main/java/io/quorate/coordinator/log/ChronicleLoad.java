package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Has Chronicle's classes loaded and initialized, by writing a first record to a temporary folder. */
final class ChronicleLoad {

    private ChronicleLoad() {}

    /** Where it fails nothing is lost but time; what is wrong then is said when the log itself is opened. */
    static void run() {
        try {
            ChronicleSettings.apply();
            Path folder = Files.createTempDirectory("quorate");
            try {
                write(folder);
            } finally {
                delete(folder);
            }
        } catch (IOException | RuntimeException e) {
            return;
        }
    }

    private static void write(Path folder) throws IOException {
        LogSettings defaults = LogSettings.defaults();
        LogSettings settings = new LogSettings(LogSettings.SEGMENT_BYTES_MIN, 0, 0, false, defaults.spaceCheckMillis());
        try (SegmentWriter writer = new SegmentWriter(folder, 1, settings)) {
            writer.start(1, settings.segmentBytes(), LogRecord.segment(0, 0, 0));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
