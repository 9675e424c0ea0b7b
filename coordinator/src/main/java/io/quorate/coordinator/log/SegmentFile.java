package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where segments lie, and what their names say.
 *
 * <pre>
 *   log/00000001/metadata.cq4t       one folder for each run of the server that wrote, named after its first segment:
 *   log/00000001/00000001.cq4        Chronicle marks the files it finds, and a run must never touch those of another
 *   log/00000001/00000002.cq4
 *   log/00000003/00000003.cq4
 *   log/00000003/00000004.precreated     zero-filled, becomes 00000004.cq4
 * </pre>
 *
 * @param file the segment
 * @param number counts over all runs
 */
record SegmentFile(Path file, long number) {

    static final String SUFFIX = ".cq4";
    static final String PREPARED_SUFFIX = ".precreated";

    private static final Pattern RUN = Pattern.compile("\\d{8}");
    private static final Pattern SEGMENT = Pattern.compile("\\d{8}\\.cq4");

    static String name(long number) {
        return String.format(Locale.ROOT, "%08d", number);
    }

    static SegmentFile in(Path run, long number) {
        return new SegmentFile(run.resolve(name(number) + SUFFIX), number);
    }

    /** All folders of runs, oldest first. */
    static List<Path> runs(Path log) throws IOException {
        List<Path> runs = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(log, Files::isDirectory)) {
            for (Path entry : entries) {
                if (RUN.matcher(entry.getFileName().toString()).matches()) {
                    runs.add(entry);
                }
            }
        }
        runs.sort(Comparator.naturalOrder());
        return runs;
    }

    /** All segments of all runs, oldest first. */
    static List<SegmentFile> list(Path log) throws IOException {
        List<SegmentFile> segments = new ArrayList<>();
        for (Path run : runs(log)) {
            segments.addAll(in(run));
        }
        segments.sort(Comparator.comparingLong(SegmentFile::number));
        return segments;
    }

    /** The segments of one run, in no order; none if it was deleted meanwhile. */
    static List<SegmentFile> in(Path run) throws IOException {
        List<SegmentFile> segments = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(run)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (SEGMENT.matcher(name).matches()) {
                    segments.add(new SegmentFile(entry, Long.parseLong(name.substring(0, 8))));
                }
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return segments;
    }
}
