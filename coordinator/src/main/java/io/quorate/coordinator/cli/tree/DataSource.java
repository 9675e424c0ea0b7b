package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import picocli.CommandLine.Option;

/** Where the data of a node comes from: the command line, or a file. */
final class DataSource {

    @Option(names = "--file", paramLabel = "FILE", description = "Take the data from a file, byte for byte.")
    private Path file;

    @Option(
            names = {"-b", "--base64"},
            description = "DATA is in base 64.")
    private boolean base64;

    /** The bytes; null if neither data nor a file was given. */
    byte[] bytes(String typedOrNull) throws AdminException {
        if (file != null && typedOrNull != null) {
            throw new AdminException(AdminExit.FAILED, "give either DATA or --file, not both");
        }
        try {
            if (file != null) {
                return Files.readAllBytes(file);
            }
            if (typedOrNull == null) {
                return null;
            }
            return base64 ? Base64.getDecoder().decode(typedOrNull) : typedOrNull.getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AdminException(AdminExit.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new AdminException(AdminExit.FAILED, "DATA is not base 64: " + e.getMessage(), e);
        }
    }
}
