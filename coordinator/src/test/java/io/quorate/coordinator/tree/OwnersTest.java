package io.quorate.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class OwnersTest {

    @Test
    void aTtlOfASecondLooksAsTheReferenceStoresIt() {
        assertThat(Owners.ttl(1000)).isEqualTo(0xff000000000003e8L);
        assertThat(Owners.ttlMillis(Owners.ttl(Owners.TTL_MILLIS_MAX))).isEqualTo(Owners.TTL_MILLIS_MAX);
    }

    @Test
    void onlySessionsAreReported() {
        long session = 0x100001616050000L;
        long negative = 0x8000000000000001L;

        assertThat(Owners.reported(session)).isEqualTo(session);
        assertThat(Owners.reported(negative)).isEqualTo(negative);
        assertThat(Owners.reported(Owners.CONTAINER)).isZero();
        assertThat(Owners.reported(Owners.ttl(1))).isZero();
        assertThat(Owners.isEphemeral(Owners.PERSISTENT)).isFalse();
    }
}
