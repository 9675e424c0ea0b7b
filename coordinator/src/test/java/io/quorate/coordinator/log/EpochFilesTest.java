package io.quorate.coordinator.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EpochFilesTest {

    @TempDir
    private Path directory;

    @Test
    void aNewServerHasNoEpochs() {
        EpochFiles epochs = new EpochFiles(directory);
        assertThat(epochs.acceptedEpoch()).isEmpty();
        assertThat(epochs.currentEpoch()).isEmpty();
    }

    @Test
    void epochsAreReadBackAndDoNotMix() {
        EpochFiles epochs = new EpochFiles(directory);
        epochs.writeAcceptedEpoch(8);
        epochs.writeCurrentEpoch(7);
        epochs.writeAcceptedEpoch(12345678901L);
        EpochFiles again = new EpochFiles(directory);
        assertThat(again.acceptedEpoch()).hasValue(12345678901L);
        assertThat(again.currentEpoch()).hasValue(7);
    }

    @Test
    void theFilesLookAsZooKeeperWritesThem() throws IOException {
        new EpochFiles(directory).writeCurrentEpoch(42);
        assertThat(directory.resolve("currentEpoch")).hasContent("42");
        assertThat(Files.list(directory)).hasSize(1);
        Files.writeString(directory.resolve("acceptedEpoch"), "43\nwhatever\n");
        assertThat(new EpochFiles(directory).acceptedEpoch()).hasValue(43);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "99999999999999999999"})
    void nonsenseIsAnErrorAndNotAnEpoch(String content) throws IOException {
        Files.writeString(directory.resolve("currentEpoch"), content);
        EpochFiles epochs = new EpochFiles(directory);
        assertThatThrownBy(epochs::currentEpoch)
                .isInstanceOf(LogException.class)
                .hasMessageContaining("currentEpoch");
    }

    @Test
    void anUnfinishedReplacementIsNotRead() throws IOException {
        EpochFiles epochs = new EpochFiles(directory);
        epochs.writeCurrentEpoch(5);
        Files.writeString(directory.resolve("currentEpoch.tmp"), "6");
        assertThat(epochs.currentEpoch()).hasValue(5);
        epochs.writeCurrentEpoch(7);
        assertThat(epochs.currentEpoch()).hasValue(7);
    }

    @Test
    void anEpochIsNeverNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new EpochFiles(directory).writeAcceptedEpoch(-1));
    }
}
