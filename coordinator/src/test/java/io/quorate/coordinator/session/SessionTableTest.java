package io.quorate.coordinator.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SessionTableTest {

    private final SessionTable table = new SessionTable();

    @Test
    void aSessionThatIsThereStaysAsItIs() {
        Session first = table.create(7, 4000);

        assertThat(table.create(7, 9000)).isSameAs(first);
        assertThat(first.timeoutMillis()).isEqualTo(4000);
    }

    @Test
    void ephemeralsAreCountedWithTheirSession() {
        table.create(7, 4000);
        assertThat(table.addEphemeral(7, "/a")).isTrue();
        table.addEphemeral(7, "/a");
        table.addEphemeral(7, "/b");
        assertThat(table.addEphemeral(8, "/c")).isFalse();
        assertThat(table.ephemeralCount()).isEqualTo(2);
        table.removeEphemeral(7, "/a");
        table.removeEphemeral(7, "/none");

        assertThat(table.ephemerals(7)).containsExactly("/b");
        table.remove(7);
        assertThat(table.ephemeralCount()).isZero();
        assertThat(table.ephemerals(7)).isEmpty();
    }

    @Test
    void sessionsAreVisitedByAscendingId() {
        for (long id : new long[] {5, -3, 9, 1}) {
            table.create(id, 1);
        }
        List<Long> ids = new ArrayList<>();
        table.forEach(session -> ids.add(session.id()));

        assertThat(ids).containsExactly(-3L, 1L, 5L, 9L);
    }
}
