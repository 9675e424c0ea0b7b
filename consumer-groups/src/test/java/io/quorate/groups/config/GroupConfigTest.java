package io.quorate.groups.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.quorate.groups.config.GroupConfig.Timing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What may be said of times, and what cannot be meant. */
final class GroupConfigTest {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long TEN_YEARS = Duration.ofDays(3_650).toMillis();

    @Test
    void neverIsInTenYears() {
        assertThat(new Timing(NEVER, NEVER, NEVER, NEVER, NEVER, NEVER))
                .isEqualTo(new Timing(TEN_YEARS, TEN_YEARS, TEN_YEARS, TEN_YEARS, TEN_YEARS, TEN_YEARS));
    }

    @Test
    void whatIsLessIsTakenAsItIs() {
        Timing timing = new Timing(0, 1, 1, -7, 0, TEN_YEARS);
        assertThat(timing.staticGrace()).isEqualTo(-7);
        assertThat(timing.liveness()).isEqualTo(TEN_YEARS);
    }

    @Test
    void timesThatCannotBeMeantAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Timing(-1, 1, 1, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timing(0, 0, 1, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timing(0, 1, 0, 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timing(0, 1, 1, 0, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Timing(0, 1, 1, 0, 0, 0));
    }
}
