package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a snapshot is begun. */
final class SnapshotRequestTest {

    private final CoreDriver driver = new CoreDriver();

    @Test
    void aSnapshotAskedForWhileOneIsStoredIsNotBegun() {
        driver.core().snapshot();
        driver.pass(0);
        assertThat(driver.core().isWalking()).isFalse();

        driver.core().snapshot();

        assertThat(driver.core().isWalking()).isFalse();
        driver.deliver(new Event.SnapshotDone(0, 100));
        driver.core().snapshot();
        assertThat(driver.core().isWalking()).isTrue();
    }
}
