package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Write;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Registry spec 14, 11: topics that are to be deleted, and what may come in between. */
final class DeletionTest {
    private static final String TOPIC = RegistryPaths.topic("t");
    private static final String REQUEST = RegistryPaths.deletion("t");
    private static final String CONFIG = RegistryPaths.config(ConfigEntity.topic("t"));
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final String OTHER_ID = "mxMNJo4TQz-2W2VmK4SR1A";

    private final SimOffice office = new SimOffice(4);
    private int ordered;

    private void started() {
        office.topic("t", List.of(List.of(2, 3), List.of(3, 2)));
        office.admin(Write.create(CONFIG, ConfigJson.encode(Map.of("retention.ms", "1"))));
        office.deletion = done -> {
            ordered++;
            done.accept(true);
        };
        office.elected();
    }

    @Test
    void aReplicaThatIsOfflineHoldsItUpUntilItsBrokerIsBack() {
        started();
        office.down(3);
        office.settle();
        office.admin(Write.create(REQUEST, null));
        office.run(120_000);
        assertThat(ordered).as("nothing has begun").isZero();
        assertThat(office.tree.exists(REQUEST)).isTrue();
        assertThat(office.state(PARTITION).leader()).as("and it is still led").isEqualTo(2);

        office.up(3);
        office.until(() -> !office.tree.exists(REQUEST));
        assertThat(ordered).isEqualTo(2);
        assertThat(office.tree.exists(TOPIC)).isFalse();
        assertThat(office.tree.exists(CONFIG)).isFalse();
    }

    @Test
    void whereNothingIsDeletedRequestsAreTakenAway() {
        office.isDeletionAllowed = false;
        started();
        PartitionState before = office.state(PARTITION);
        office.admin(Write.create(REQUEST, null));
        office.until(() -> !office.tree.exists(REQUEST));
        office.settle();
        assertThat(ordered).isZero();
        assertThat(office.state(PARTITION)).isEqualTo(before);
        assertThat(office.tree.exists(CONFIG)).isTrue();
    }

    @Test
    void whereNothingIsDeletedATopicIsLedThoughItsDeletionWasAskedForFirst() {
        office.isDeletionAllowed = false;
        office.admin(Write.create(REQUEST, null));
        started();
        office.until(() -> !office.tree.exists(REQUEST));
        office.settle();
        assertThat(office.tree.exists(RegistryPaths.state(PARTITION))).isTrue();
        assertThat(office.state(PARTITION).leader()).isEqualTo(2);
    }

    /** Somebody wants to write to it and creates it, at every millisecond around its end; it is another topic, and stays. */
    @Test
    void aTopicThatIsCreatedAgainAtOnceIsAnotherOne() {
        started();
        byte[] body = TopicJson.encode(TopicAssignment.of(new TreeMap<>(Map.of(0, List.of(4, 3))), OTHER_ID));
        office.tree.observe(committed -> {
            boolean isGone =
                    committed.after().containsKey(TOPIC) && committed.after().get(TOPIC) == null;
            if (isGone) {
                office.time.after(0, () -> office.admin(Write.create(TOPIC, body)));
            }
        });
        int[] tries = {0};
        for (int millis = 0; millis < 500; millis++) {
            office.time.after(millis, () -> {
                if (office.tree.exists(REQUEST)) {
                    tries[0]++;
                    assertThat(office.admin(Write.create(TOPIC, body)).isOk())
                            .as("as long as it is being deleted it is there")
                            .isFalse();
                }
            });
        }
        office.admin(Write.create(REQUEST, null));
        office.until(() -> !office.tree.exists(REQUEST));
        office.settle();
        assertThat(tries[0]).as("who came too early").isPositive();
        assertThat(office.assignment("t").topicId()).isEqualTo(OTHER_ID);
        assertThat(office.assignment("t").replicas()).isEqualTo(Map.of(0, List.of(4, 3)));
        assertThat(office.state(PARTITION).leader()).isEqualTo(4);
        assertThat(office.state(PARTITION).leaderEpoch()).isZero();
        assertThat(office.tree.exists(REQUEST)).isFalse();
        assertThat(office.trouble).isEmpty();
    }
}
