package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A disk without room: writes are refused, reads go on. */
final class DiskSpaceTest {

    private final CoreDriver driver = new CoreDriver();

    @Test
    void aCoreThatCannotWriteDoesNotAskToBeCalledForWhatItCannotDo() {
        driver.connected();
        driver.deliver(new Event.LogSpace(false));

        assertThat(driver.callAfter(30_000)).isGreaterThan(30_000L);

        driver.deliver(new Event.LogSpace(true));
        driver.pass(0);
        driver.look(view -> assertThat(view.sessions().size()).isZero());
    }
}
