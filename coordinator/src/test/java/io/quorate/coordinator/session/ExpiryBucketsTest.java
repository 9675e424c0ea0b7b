package io.quorate.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Virtual time, with a tick of two seconds. */
final class ExpiryBucketsTest {

    private final ExpiryBuckets buckets = new ExpiryBuckets(2000);
    private final SessionTable table = new SessionTable();

    private List<Long> expire(long nowMillis) {
        List<Long> expired = new ArrayList<>();
        buckets.expire(nowMillis, session -> expired.add(session.id()));
        return expired;
    }

    @Test
    void theDeadlineIsTheFirstTickBehindTheTimeout() {
        Session session = table.create(1, 4000);

        buckets.touch(session, 1, 4000);
        assertThat(session.deadlineMillis()).isEqualTo(6000);
        buckets.touch(session, 2000, 4000);
        assertThat(session.deadlineMillis()).isEqualTo(8000);
        buckets.touch(session, 1999, 4000);
        assertThat(session.deadlineMillis()).isEqualTo(6000);
    }

    @Test
    void aSessionExpiresAtItsDeadlineAndNotBefore() {
        buckets.touch(table.create(1, 4000), 1, 4000);

        assertThat(buckets.nextMillis()).isEqualTo(6000);
        assertThat(expire(5999)).isEmpty();
        assertThat(expire(6000)).containsExactly(1L);
        assertThat(expire(60_000)).isEmpty();
        assertThat(buckets.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whoIsHeardOfLivesOn() {
        Session session = table.create(1, 4000);
        buckets.touch(session, 1, 4000);
        buckets.touch(session, 5000, 4000);

        assertThat(expire(6000)).isEmpty();
        assertThat(buckets.nextMillis()).isEqualTo(10_000);
        assertThat(expire(10_000)).containsExactly(1L);
    }

    @Test
    void aShorterTimeoutCountsFromTheNextTouch() {
        Session session = table.create(1, 40_000);
        buckets.touch(session, 1, 40_000);
        buckets.touch(session, 2, 4000);

        assertThat(buckets.nextMillis()).isEqualTo(6000);
        assertThat(expire(6000)).containsExactly(1L);
        assertThat(expire(42_000)).isEmpty();
    }

    @Test
    void aSessionHandedOutAndHeardOfIsFiledAgain() {
        Session session = table.create(1, 4000);
        buckets.touch(session, 1, 4000);
        assertThat(expire(6000)).containsExactly(1L);
        buckets.touch(session, 6000, 4000);
        buckets.refile(session);

        assertThat(expire(11_999)).isEmpty();
        assertThat(expire(12_000)).containsExactly(1L);
    }

    @Test
    void randomTouchesExpireEverySessionOnceAndInTime() {
        Random random = Seed.random(ExpiryBucketsTest.class);
        Map<Long, Long> deadlines = new HashMap<>(Map.of(-1L, Long.MAX_VALUE));
        Map<Long, Session> sessions = new HashMap<>();
        long now = 1;
        for (int step = 0; step < 20_000; step++) {
            now += random.nextInt(300);
            for (long expired : expire(now)) {
                assertThat(deadlines.remove(expired))
                        .as(Seed.replay(ExpiryBucketsTest.class))
                        .isLessThanOrEqualTo(now);
                sessions.remove(expired);
                table.remove(expired);
            }
            assertThat(Collections.min(deadlines.values()))
                    .as(Seed.replay(ExpiryBucketsTest.class))
                    .isGreaterThan(now);
            long id = random.nextInt(30);
            long timeout = random.nextInt(20_000);
            buckets.touch(sessions.computeIfAbsent(id, fresh -> table.create(fresh, 0)), now, timeout);
            deadlines.put(id, ((now + timeout) / 2000 + 1) * 2000);
        }
    }
}
