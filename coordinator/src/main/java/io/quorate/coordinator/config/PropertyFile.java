package io.quorate.coordinator.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Reads a file in the syntax of Java properties, keys and values trimmed (configuration, section 1). */
final class PropertyFile {

    private PropertyFile() {}

    /** The entries, or nothing and a reported error if the file cannot be read. */
    static Optional<Map<String, String>> read(Path file, Findings findings) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            findings.error("the file " + file.toAbsolutePath() + " does not exist; check its name");
            return Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            findings.error("the file " + file.toAbsolutePath() + " cannot be read: " + e.getMessage());
            return Optional.empty();
        }
        Map<String, String> entries = new HashMap<>();
        properties.forEach((key, value) ->
                entries.put(key.toString().trim(), value.toString().trim()));
        return Optional.of(entries);
    }
}
