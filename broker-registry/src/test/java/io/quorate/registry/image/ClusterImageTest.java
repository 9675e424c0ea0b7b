package io.quorate.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The index of brokers' partitions says what looking at all of them would say, whatever happens to topics. */
final class ClusterImageTest {
    private static final int BROKERS = 6;
    private static final int TOPICS = 4;
    private static final long SEED = Long.getLong("quorate.registry.seed", 1);

    private final Random random = new Random(SEED);
    private final ClusterImage image = new ClusterImage();

    private TopicAssignment assignment() {
        SortedMap<Integer, List<Integer>> replicas = new TreeMap<>();
        for (int partition = random.nextInt(5); partition >= 0; partition--) {
            List<Integer> brokers = new ArrayList<>();
            for (int id = 0; id < BROKERS; id++) {
                brokers.add(id);
            }
            Collections.shuffle(brokers, random);
            replicas.put(partition, brokers.subList(0, 1 + random.nextInt(3)));
        }
        return TopicAssignment.of(replicas, null);
    }

    private List<TopicPartition> scanned(int broker) {
        return image.partitions().stream()
                .filter(partition -> image.replicas(partition).replicas().contains(broker))
                .toList();
    }

    @Test
    void theIndexSaysWhatAScanSays() {
        for (int step = 0; step < 2_000; step++) {
            String topic = "t" + random.nextInt(TOPICS);
            switch (random.nextInt(4)) {
                case 0 -> image.removeTopic(topic);
                case 1 -> image.put(topic, step, assignment(), 0);
                default -> {
                    if (image.topic(topic) != null) {
                        image.put(topic, image.topic(topic).czxid(), assignment(), 1);
                    }
                }
            }
            for (int broker = 0; broker < BROKERS; broker++) {
                assertThat(image.partitionsOn(broker))
                        .as("step %d of seed %d; replay with -Dquorate.registry.seed=%d", step, SEED, SEED)
                        .isEqualTo(scanned(broker));
            }
        }
    }
}
