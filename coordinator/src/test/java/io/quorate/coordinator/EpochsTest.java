package io.quorate.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.log.EpochFiles;
import io.quorate.wire.quorum.Zxid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a member finds at its start of what it promised, against the last transaction that it has. */
final class EpochsTest {

    @TempDir
    private Path folder;

    private void write(String name, Long epoch) throws IOException {
        if (epoch != null) {
            Files.writeString(folder.resolve(name), epoch.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({
        // accepted, current, epoch of the last transaction, then what comes of it
        ", , 0, 0, 0",
        ", , 4, 4, 4",
        "5, , 4, 5, 4",
        "4, 4, 4, 4, 4",
        "7, 5, 5, 7, 5",
        // A crash between taking over a history and storing its epoch.
        "5, 4, 5, 5, 4",
        // The leader of the epoch proposed nothing yet.
        "6, 6, 5, 6, 6",
    })
    void areTakenOrMade(Long accepted, Long current, long ofHistory, long thenAccepted, long thenCurrent)
            throws IOException, StartException {
        write("acceptedEpoch", accepted);
        write("currentEpoch", current);
        EpochFiles files = new EpochFiles(folder);
        assertThat(Epochs.read(files, Zxid.of(ofHistory, 9))).isEqualTo(new Epochs(thenAccepted, thenCurrent));
        assertThat(files.acceptedEpoch()).hasValue(thenAccepted);
        assertThat(files.currentEpoch()).hasValue(thenCurrent);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 4, 3, accepted epoch 3 is older than the current epoch 4",
        ", 4, 3, accepted epoch 3 is older than the current epoch 4",
        "3, 3, 4, accepted epoch 3 is older than epoch 4 of the last transaction",
        "3, , 4, accepted epoch 3 is older than",
    })
    void thatCannotBeStopTheStart(Long accepted, Long current, long ofHistory, String reason) throws IOException {
        write("acceptedEpoch", accepted);
        write("currentEpoch", current);
        assertThatThrownBy(() -> Epochs.read(new EpochFiles(folder), Zxid.of(ofHistory, 1)))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aFileThatHoldsNoNumberStopsTheStart() throws IOException {
        Files.writeString(folder.resolve("acceptedEpoch"), "many");
        assertThatThrownBy(() -> Epochs.read(new EpochFiles(folder), 0))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("acceptedEpoch");
    }
}
