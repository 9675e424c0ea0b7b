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

    @Test
    void writesAndNewSessionsAreRefusedWhileThereIsNoSpace() {
        RecordingClient client = driver.connected();
        driver.deliver(new Event.LogSpace(false));
        driver.create(client, 1, "/a", 0);
        driver.exists(client, 2, "/a", false);
        RecordingClient fresh = driver.open();
        driver.connect(fresh, 10_000);

        assertThat(client.take()).containsExactly("reply 1 at 1 error -1", "reply 2 at 1 error -101");
        assertThat(fresh.take()).containsExactly("closed");
        assertThat(driver.logged()).hasSize(1);
        driver.look(view -> assertThat(view.stats().writesRefusedForSpace()).isEqualTo(1));
    }

    @Test
    void whatWasTakenBeforeIsStillAnswered() {
        RecordingClient client = driver.connected();
        driver.holdLog();
        driver.create(client, 1, "/a", 0);
        driver.deliver(new Event.LogSpace(false));
        driver.create(client, 2, "/b", 0);
        driver.flush();

        assertThat(client.take()).containsExactly("reply 1 at 2", "reply 2 at 2 error -1");
    }

    @Test
    void writesAreTakenAgainWhenThereIsSpace() {
        RecordingClient client = driver.connected();
        driver.deliver(new Event.LogSpace(false));
        driver.deliver(new Event.LogSpace(true));
        driver.create(client, 1, "/a", 0);

        assertThat(client.take()).containsExactly("reply 1 at 2");
    }
}
