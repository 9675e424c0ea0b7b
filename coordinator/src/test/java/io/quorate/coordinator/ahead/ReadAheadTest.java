package io.quorate.coordinator.ahead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReadAheadTest {

    private static final int MANY = 100_000;

    private final List<Integer> taken = new ArrayList<>();

    @Test
    void everythingIsTakenInOrderAndTheResultIsReturned() throws IOException {
        String result = ReadAhead.<Integer, String>run(
                sink -> {
                    for (int i = 0; i < MANY; i++) {
                        sink.accept(i, i % 100);
                    }
                    return "done";
                },
                item -> assertThat(taken.add(item)).isTrue());
        assertThat(result).isEqualTo("done");
        assertThat(taken).hasSize(MANY).isSorted();
    }

    @Test
    void whatTheSourceThrowsIsThrownBehindWhatItRead() {
        assertThatThrownBy(() -> ReadAhead.<Integer, Void>run(
                        sink -> {
                            sink.accept(1, 1);
                            throw new IOException("torn");
                        },
                        taken::add))
                .isInstanceOf(IOException.class)
                .hasMessage("torn");
        assertThat(taken).containsExactly(1);
    }

    @Test
    void aConsumerThatThrowsEndsTheSource() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        assertThatThrownBy(() -> ReadAhead.<Integer, Void>run(
                        sink -> {
                            try {
                                for (int i = 0; true; i++) {
                                    sink.accept(i, 1);
                                }
                            } finally {
                                ended.countDown();
                            }
                        },
                        item -> {
                            throw new IllegalStateException("no");
                        }))
                .hasMessage("no");
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Of items as large as these only so many lie between source and consumer. */
    @Test
    void theSourceDoesNotRunAheadWithoutLimit() throws IOException {
        AtomicInteger read = new AtomicInteger();
        Void nothing = ReadAhead.run(
                sink -> {
                    for (int i = 0; i < 1_000; i++) {
                        read.incrementAndGet();
                        sink.accept(i, 1 << 20);
                    }
                    return null;
                },
                item -> {
                    taken.add((Integer) item);
                    assertThat(read.get() - taken.size()).isLessThan(40);
                });
        assertThat(nothing).isNull();
        assertThat(taken).hasSize(1_000);
    }
}
