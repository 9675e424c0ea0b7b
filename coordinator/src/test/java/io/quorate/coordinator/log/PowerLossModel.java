package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a disk may hold after the power fails: of every page the version that was synced last, or any later one, or sectors of
 * both; and a file that was deleted may be there again. It watches the files of a log and is told of each sync; it knows
 * nothing of what is in them.
 */
final class PowerLossModel {

    private static final int PAGE_BYTES = 4096;
    private static final int SECTOR_BYTES = 512;

    private final Path directory;
    private final Map<Path, List<List<byte[]>>> files = new TreeMap<>();

    PowerLossModel(Path directory) {
        this.directory = directory;
    }

    /** Notes the versions that pages of the two newest segments have now: each may reach the disk by itself. */
    void look() throws IOException {
        List<SegmentFile> segments = SegmentFile.list(directory);
        look(segments.subList(Math.max(0, segments.size() - 2), segments.size()));
    }

    private void look(List<SegmentFile> segments) throws IOException {
        for (SegmentFile segment : segments) {
            byte[] content;
            try {
                content = Files.readAllBytes(segment.file());
            } catch (NoSuchFileException purgedMeanwhile) {
                continue;
            }
            List<List<byte[]>> pages = files.computeIfAbsent(segment.file(), file -> new ArrayList<>());
            for (int at = 0; at < content.length; at += PAGE_BYTES) {
                byte[] now = Arrays.copyOfRange(content, at, at + PAGE_BYTES);
                int number = at / PAGE_BYTES;
                if (pages.size() <= number) {
                    // Files are zero-filled and synced before they are used.
                    pages.add(new ArrayList<>(List.of(new byte[PAGE_BYTES])));
                }
                List<byte[]> versions = pages.get(number);
                if (!Arrays.equals(versions.get(versions.size() - 1), now)) {
                    versions.add(now);
                }
            }
        }
    }

    /** A range was synced: older versions of its pages are gone for good. */
    void synced(Path file, long fromByte, long toByte) throws IOException {
        look();
        List<List<byte[]>> pages = files.getOrDefault(file, List.of());
        for (int number = (int) (fromByte / PAGE_BYTES);
                number < pages.size() && (long) number * PAGE_BYTES < toByte;
                number++) {
            List<byte[]> versions = pages.get(number);
            versions.subList(0, versions.size() - 1).clear();
        }
    }

    /** Everything there is was synced. */
    void allSynced() throws IOException {
        look(SegmentFile.list(directory));
        files.values()
                .forEach(pages -> pages.forEach(
                        versions -> versions.subList(0, versions.size() - 1).clear()));
    }

    /** Writes one of the possible states of the disk to another directory. */
    void fail(Path image, Random random) throws IOException {
        int mood = random.nextInt(4);
        for (Map.Entry<Path, List<List<byte[]>>> file : files.entrySet()) {
            if (!Files.exists(file.getKey()) && random.nextInt(4) > 0) {
                continue;
            }
            List<List<byte[]>> pages = file.getValue();
            byte[] content = new byte[pages.size() * PAGE_BYTES];
            for (int number = 0; number < pages.size(); number++) {
                System.arraycopy(page(pages.get(number), mood, random), 0, content, number * PAGE_BYTES, PAGE_BYTES);
            }
            Path target = image.resolve(directory.relativize(file.getKey()));
            Files.createDirectories(target.getParent());
            Files.write(target, content);
        }
    }

    private static byte[] page(List<byte[]> versions, int mood, Random random) {
        byte[] older = versions.get(mood == 0 ? 0 : random.nextInt(versions.size()));
        byte[] newer = versions.get(mood == 1 ? versions.size() - 1 : random.nextInt(versions.size()));
        byte[] mixed = older.clone();
        for (int at = 0; at < PAGE_BYTES; at += SECTOR_BYTES) {
            if (mood == 1 || (mood == 2 && random.nextBoolean())) {
                System.arraycopy(newer, at, mixed, at, SECTOR_BYTES);
            }
        }
        return mixed;
    }
}
