package io.quorate.compat.curator;

import static io.quorate.compat.curator.Frameworks.LIMIT_SECONDS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.queue.DistributedDelayQueue;
import org.apache.curator.framework.recipes.queue.DistributedIdQueue;
import org.apache.curator.framework.recipes.queue.DistributedPriorityQueue;
import org.apache.curator.framework.recipes.queue.DistributedQueue;
import org.apache.curator.framework.recipes.queue.QueueBuilder;
import org.apache.curator.framework.recipes.queue.QueueConsumer;
import org.apache.curator.framework.recipes.queue.QueueSerializer;
import org.apache.curator.framework.recipes.queue.SimpleDistributedQueue;
import org.apache.curator.framework.state.ConnectionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Curator's queues: what one client puts in, another takes out. */
final class QueuesTest {

    private static final QueueSerializer<String> TEXT = new QueueSerializer<>() {
        @Override
        public byte[] serialize(String item) {
            return item.getBytes(UTF_8);
        }

        @Override
        public String deserialize(byte[] bytes) {
            return new String(bytes, UTF_8);
        }
    };

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Frameworks frameworks = new Frameworks(SERVER);

    private final BlockingQueue<String> taken = new LinkedBlockingQueue<>();

    private QueueBuilder<String> producer(String path) {
        return QueueBuilder.builder(frameworks.open(), null, TEXT, path);
    }

    private QueueBuilder<String> consumer(String path) {
        return QueueBuilder.builder(frameworks.open(), new Taker(), TEXT, path);
    }

    private List<String> take(int count) throws InterruptedException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(taken.poll(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        return items;
    }

    @Test
    void aQueueKeepsOrder() throws Exception {
        try (DistributedQueue<String> in = producer("/queue").buildQueue();
                DistributedQueue<String> out =
                        consumer("/queue").lockPath("/queue-locks").buildQueue()) {
            in.start();
            List<String> items = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                in.put("item " + i);
                items.add("item " + i);
            }
            assertThat(in.flushPuts((int) LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            out.start();
            assertThat(take(30)).isEqualTo(items);
        }
    }

    @Test
    void aPriorityQueueHandsOutTheMostUrgentFirst() throws Exception {
        try (DistributedPriorityQueue<String> in = producer("/priority").buildPriorityQueue(0);
                DistributedPriorityQueue<String> out = consumer("/priority").buildPriorityQueue(0)) {
            in.start();
            in.put("late", 30);
            in.put("urgent", -5);
            in.put("soon", 10);
            assertThat(in.flushPuts((int) LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            out.start();
            assertThat(take(3)).containsExactly("urgent", "soon", "late");
        }
    }

    @Test
    void anIdQueueForgetsWhatIsRemoved() throws Exception {
        try (DistributedIdQueue<String> in = producer("/ids").buildIdQueue();
                DistributedIdQueue<String> out = consumer("/ids").buildIdQueue()) {
            in.start();
            in.put("a", "id-a");
            in.put("b", "id-b");
            assertThat(in.flushPuts((int) LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(in.remove("id-a")).isEqualTo(1);
            out.start();
            assertThat(take(1)).containsExactly("b");
        }
    }

    @Test
    void aDelayQueueHandsOutInOrderOfTime() throws Exception {
        try (DistributedDelayQueue<String> in = producer("/delay").buildDelayQueue();
                DistributedDelayQueue<String> out = consumer("/delay").buildDelayQueue()) {
            in.start();
            long now = System.currentTimeMillis();
            in.put("second", now + 600);
            in.put("first", now + 100);
            assertThat(in.flushPuts((int) LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            out.start();
            assertThat(take(2)).containsExactly("first", "second");
            assertThat(System.currentTimeMillis()).isGreaterThanOrEqualTo(now + 600);
        }
    }

    @Test
    void aSimpleQueueOffersPeeksAndPolls() throws Exception {
        SimpleDistributedQueue in = new SimpleDistributedQueue(frameworks.open(), "/simple");
        SimpleDistributedQueue out = new SimpleDistributedQueue(frameworks.open(), "/simple");
        in.offer("a".getBytes(UTF_8));
        in.offer("b".getBytes(UTF_8));
        assertThat(out.peek()).isEqualTo("a".getBytes(UTF_8));
        assertThat(out.take()).isEqualTo("a".getBytes(UTF_8));
        assertThat(out.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("b".getBytes(UTF_8));
        assertThat(out.poll()).isNull();
    }

    private final class Taker implements QueueConsumer<String> {
        @Override
        public void consumeMessage(String item) {
            taken.add(item);
        }

        @Override
        public void stateChanged(CuratorFramework client, ConnectionState state) {
            // The queue itself deals with it.
        }
    }
}
