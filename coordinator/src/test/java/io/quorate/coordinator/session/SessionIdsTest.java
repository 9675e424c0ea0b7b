package io.quorate.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SessionIdsTest {

    @ParameterizedTest
    @CsvSource({
        "0100001616050000, d1a0bc7e8a700dba97b20d5ee3fc1e85",
        "0100001616050001, e4c1b67e2abcecfe8cf57489b7853352",
        "0100001616050002, ab5ec87e4ad94e30ad2c3f073cebf5ea",
        "0100001616050003, be7fc27eea242e75a26fa63210740ab8",
        "0100001d06000000, f250178b97145473203a813a38c860ee"
    })
    void passwordsAreThoseOfTheReference(String id, String password) {
        long session = Long.parseUnsignedLong(id, 16);
        byte[] expected = HexFormat.of().parseHex(password);

        assertThat(SessionIds.password(session)).isEqualTo(expected);
        assertThat(SessionIds.isPassword(session, expected)).isTrue();
        expected[15]++;
        assertThat(SessionIds.isPassword(session, expected)).isFalse();
    }

    @Test
    void nothingIsThePasswordOfNoSession() {
        assertThat(SessionIds.isPassword(0, SessionIds.password(0))).isFalse();
        assertThat(SessionIds.isPassword(1, null)).isFalse();
        assertThat(SessionIds.isPassword(1, new byte[0])).isFalse();
    }

    @Test
    void anIdIsServerTimeAndCounter() {
        SessionIds ids = new SessionIds(1, 0x1616_05L);

        assertThat(ids.take()).isEqualTo(0x0100_0016_1605_0000L);
        assertThat(ids.take()).isEqualTo(0x0100_0016_1605_0001L);
    }

    @Test
    void onlyFortyBitsOfTheTimeAreUsed() {
        assertThat(new SessionIds(200, -1L).take()).isEqualTo(0xC8FF_FFFF_FFFF_0000L);
    }

    @Test
    void theContainerMarkerAndZeroAreLeftOut() {
        assertThat(new SessionIds(128, 0).take()).isEqualTo(0x8000_0000_0000_0001L);
        assertThat(new SessionIds(0, 0).take()).isEqualTo(1);
    }

    @Test
    void idsInUseAreSkippedWithAllThatMayHaveBeenMadeWithThem() {
        SessionIds ids = new SessionIds(200, 1);
        long first = ids.take();
        ids.skip(first + 10, 0);
        ids.skip(first - 5, 0);
        ids.skip(0x0100_0000_0000_0000L, 0);

        assertThat(ids.take()).isEqualTo(0xC800_0001_0000_0000L);
    }

    @Test
    void aClockThatWasSetBackRepeatsNoIdOfASessionThatEnded() {
        SessionIds before = new SessionIds(2, 3_600_000);
        long alive = before.take();
        long ended = before.take();
        SessionIds after = new SessionIds(2, 0);
        after.skip(alive, 0);

        assertThat(after.take()).isGreaterThan(ended);
        assertThat(after.take()).isGreaterThan(ended);
    }

    /** Found by seeds: the first start's new session had ended when the second start skipped the same id in use. */
    @Test
    void twoStartsUnderOneClockThatWasSetBackGoOnAtDifferentPlaces() {
        long alive = new SessionIds(2, 3_600_000).take();
        SessionIds first = new SessionIds(2, 0);
        first.skip(alive, 0x7_0000_0003L);
        SessionIds second = new SessionIds(2, 0);
        second.skip(alive, 0x7_0000_0004L);
        SessionIds third = new SessionIds(2, 0);
        third.skip(alive, 0x8_0000_0004L);

        assertThat(List.of(first.take(), second.take(), third.take()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > alive);
    }
}
