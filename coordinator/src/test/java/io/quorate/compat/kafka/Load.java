package io.quorate.compat.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.awaitility.Awaitility;

/**
 * A producer in a thread of its own that sends the numbers 0, 1, 2, … to a topic, paced so that a fault falls into the
 * middle, until it is told to finish and has sent as many as were asked for.
 */
final class Load implements AutoCloseable {

    private static final long PAUSE_NANOS = 5_000_000;
    private static final int BURST = 50;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final KafkaProducer<Integer, Integer> producer;
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final int atLeast;
    private CompletableFuture<Void> done;
    private volatile boolean finishing;
    private volatile boolean abandoned;
    private volatile int sent;

    private Load(String servers, int atLeast) {
        this.atLeast = atLeast;
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.LINGER_MS_CONFIG, 5,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 100_000),
                new IntegerSerializer(),
                new IntegerSerializer());
    }

    /** Starts to send at least {@code atLeast} records. */
    static Load start(String servers, String topic, int atLeast) {
        Load load = new Load(servers, atLeast);
        load.done = CompletableFuture.runAsync(() -> load.run(topic), task -> new Thread(task, "load").start());
        return load;
    }

    private void run(String topic) {
        for (int i = 0; !abandoned && (i < atLeast || !finishing); i++) {
            Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(topic, i, i), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.incrementAndGet();
                } else {
                    failures.add(failure);
                }
            });
            sent = i + 1;
            if (sent % BURST == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** Waits until {@code more} records were acknowledged beyond those that are now. */
    void awaitMore(int more) {
        int goal = acknowledged.get() + more;
        Awaitility.await().atMost(LIMIT).until(() -> acknowledged.get() >= goal || !failures.isEmpty());
        assertThat(failures).isEmpty();
    }

    /** Sends what is missing, waits for every acknowledgement and returns how many records there are: 0 to n - 1. */
    int finish() {
        finishing = true;
        done.join();
        producer.flush();
        assertThat(failures).as("records that were not acknowledged").isEmpty();
        assertThat(acknowledged).hasValue(sent);
        return sent;
    }

    @Override
    public void close() {
        abandoned = true;
        done.exceptionally(failure -> null).join();
        producer.close(Duration.ofSeconds(5));
    }
}
