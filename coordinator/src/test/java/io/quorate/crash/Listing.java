package io.quorate.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All files below a folder with their sizes and hashes, to see whether anything was touched. */
record Listing(Map<String, String> files) {

    static Listing of(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(folder)) {
            for (Path file : found.toList()) {
                files.put(folder.relativize(file).toString(), Files.isDirectory(file) ? "folder" : describe(file));
            }
        }
        return new Listing(files);
    }

    private static String describe(Path file) throws IOException {
        // The lock names its holder, and taking it is no change of the data.
        if (file.getFileName().toString().equals("lock")) {
            return "lock";
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return Files.size(file) + " bytes " + HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
