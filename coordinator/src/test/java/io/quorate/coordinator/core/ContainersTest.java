package io.quorate.coordinator.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.op.OpSettings;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.CreateTtlRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.OpCode;
import org.junit.jupiter.api.Test;

/** Containers and TTL nodes go when their time has come; they are looked through once a minute (semantics 4.3). */
final class ContainersTest {

    private final CoreDriver driver =
            new CoreDriver(CoreDriver.settings(new OpSettings(false, false, true, true), 1000));
    private final RecordingClient client = driver.connected();

    private void container(String path) {
        driver.request(client, 1, OpCode.CREATE_CONTAINER, new CreateRequest(path, null, Acl.OPEN_UNSAFE, 4));
    }

    private void ttl(String path, long millis) {
        driver.request(client, 1, OpCode.CREATE_TTL, new CreateTtlRequest(path, null, Acl.OPEN_UNSAFE, 5, millis));
    }

    /** A minute, with the client alive. */
    private void minute() {
        for (int i = 0; i < 12; i++) {
            driver.pass(5_000);
            driver.request(client, -2, OpCode.PING, EmptyRequest.INSTANCE);
        }
    }

    @Test
    void aContainerGoesAfterItsLastChildDid() {
        container("/c");
        container("/never");
        driver.create(client, 2, "/c/x", 0);
        minute();
        assertThat(driver.isThere("/c")).isTrue();
        driver.delete(client, 3, "/c/x");
        minute();

        assertThat(driver.isThere("/c")).isFalse();
        assertThat(driver.isThere("/never")).isTrue();
    }

    @Test
    void aTtlNodeGoesWhenItIsOldAndEmpty() {
        ttl("/t", 90_000);
        ttl("/parent", 1);
        driver.create(client, 2, "/parent/x", 0);
        minute();
        assertThat(driver.isThere("/t")).isTrue();
        minute();
        assertThat(driver.isThere("/t")).isFalse();
        assertThat(driver.isThere("/parent")).isTrue();
        driver.delete(client, 3, "/parent/x");
        minute();
        assertThat(driver.isThere("/parent")).isFalse();
    }

    @Test
    void settingDataBeginsTheTimeAgain() {
        ttl("/t", 70_000);
        minute();
        driver.setData(client, 2, "/t");
        minute();
        assertThat(driver.isThere("/t")).isTrue();
        minute();
        assertThat(driver.isThere("/t")).isFalse();
    }

    @Test
    void removalsAreSpacedAndWatchersAreTold() {
        for (int i = 0; i < 3; i++) {
            ttl("/t" + i, 1);
            driver.exists(client, 1, "/t" + i, true);
        }
        driver.pass(5_000);
        driver.request(client, -2, OpCode.PING, EmptyRequest.INSTANCE);
        client.take();
        while (driver.isThere("/t0")) {
            driver.pass(1);
            driver.request(client, -2, OpCode.PING, EmptyRequest.INSTANCE);
        }
        assertThat(client.take()).contains("NODE_DELETED /t0 at 5");
        assertThat(driver.isThere("/t1")).isTrue();
        driver.pass(6);
        assertThat(client.take()).containsExactly("NODE_DELETED /t1 at 6");
        driver.pass(6);
        assertThat(client.take()).containsExactly("NODE_DELETED /t2 at 7");
        driver.look(view -> assertThat(view.stats().digestMismatches()).isZero());
    }
}
