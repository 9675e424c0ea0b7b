package io.quorate.registry.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How a controller finds out which topics want a leader that may lack data (registry spec 7.3). */
final class UncleanPolicyTest {
    private static final String DEFAULT = RegistryPaths.config(ConfigEntity.allBrokers());
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final SimOffice office = new SimOffice(4);

    /** A topic whose in-sync replica is gone, and whose other one is there. */
    private void nobodyLeadsCleanly() {
        office.topic("t", List.of(List.of(2, 3)));
        office.elected();
        office.down(3);
        office.settle();
        office.down(2);
        office.up(3);
    }

    @Test
    void whatIsWantedOfManyTopicsIsAskedInOneGo() {
        int topics = 300;
        for (int i = 0; i < topics; i++) {
            office.topic("t" + i, List.of(List.of(2, 3)));
            office.unclean("t" + i, i % 2 == 0);
        }
        office.elected();
        office.down(3);
        office.settle();
        AtomicInteger reads = new AtomicInteger();
        office.session.show(new SimSession.Road() {
            @Override
            public boolean isLetIn(SimSession session, List<Write> writes) {
                reads.addAndGet(writes.isEmpty() ? 1 : 0);
                return true;
            }

            @Override
            public void onCarriedOut(SimSession session, List<Write> writes) {}

            @Override
            public void onAnswered(SimSession session, List<Write> writes) {}
        });
        office.down(2);
        office.up(3);
        office.settle();
        assertThat(reads.get()).isBetween(1, topics / 5);
        for (int i = 0; i < topics; i++) {
            assertThat(office.state(new TopicPartition("t" + i, 0)).hasLeader()).isEqualTo(i % 2 == 0);
        }
    }

    @Test
    void whatATopicSaysCountsThoughTheDefaultCannotBeRead() {
        office.tree.secret = path -> path.equals(DEFAULT) ? ErrorCode.NO_AUTH : null;
        office.unclean("t", true);
        nobodyLeadsCleanly();
        office.settle();
        assertThat(office.state(PARTITION).leader()).isEqualTo(3);
    }

    /** Nobody knows whether it says that nothing may be lost. */
    @Test
    void aTopicWhoseConfigurationCannotBeReadIsNotLedUncleanlyUntilItCan() {
        String config = RegistryPaths.config(ConfigEntity.topic("t"));
        office.admin(
                Write.create(DEFAULT, "{\"config\":{\"unclean.leader.election.enable\":\"true\"}}".getBytes(UTF_8)));
        office.unclean("t", false);
        office.tree.secret = path -> path.equals(config) ? ErrorCode.NO_AUTH : null;
        nobodyLeadsCleanly();
        office.run(60_000);
        assertThat(office.state(PARTITION).hasLeader()).isFalse();
        assertThat(office.trouble).filteredOn(what -> what.contains("NO_AUTH")).hasSize(1);

        office.admin(Write.delete(config, -1));
        office.tree.secret = path -> null;
        office.until(() -> office.state(PARTITION).leader() == 3);
    }

    @Test
    void aQuestionThatHasNoAnswerIsAskedAgain() {
        String config = RegistryPaths.config(ConfigEntity.topic("t"));
        office.unclean("t", true);
        office.tree.unheard = paths -> paths.contains(config) ? ErrorCode.THROTTLED_OP : null;
        nobodyLeadsCleanly();
        office.run(10_000);
        assertThat(office.state(PARTITION).hasLeader()).isFalse();
        office.tree.unheard = paths -> null;
        office.until(() -> office.state(PARTITION).leader() == 3);
    }
}
