package io.quorate.coordinator.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where the data is.
 *
 * @param dataDir snapshots; an absolute path
 * @param dataLogDir the transaction log; an absolute path, {@code dataDir} unless told otherwise
 * @param autocreate whether missing folders may be made
 */
public record DataFolders(Path dataDir, Path dataLogDir, boolean autocreate) {

    /** Makes what is missing and checks that the folders can be written. Throws with {@link ExitCode#DATA_DIR} if not. */
    public void prepare() throws StartException {
        for (Path folder : List.of(dataDir, dataLogDir)) {
            prepare(folder);
        }
    }

    private void prepare(Path folder) throws StartException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw refused(folder, "is not a folder; remove it or choose another dataDir");
        }
        if (!Files.exists(folder) && !autocreate) {
            throw refused(
                    folder,
                    "does not exist and datadir.autocreate is false; create it, or check dataDir for a typing error");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw refused(
                    folder, "cannot be created (" + reason(e) + "); create it for this user or choose another dataDir");
        }
        if (!Files.isWritable(folder)) {
            throw refused(folder, "is not writable for this user; change its owner or permissions");
        }
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private static StartException refused(Path folder, String why) {
        return new StartException(ExitCode.DATA_DIR, "The data folder " + folder + " " + why + ".");
    }
}
