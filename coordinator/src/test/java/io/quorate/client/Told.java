package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.client.NodeEvent;
import io.quorate.wire.client.SessionEvent;
import io.quorate.wire.client.SessionListener;
import io.quorate.wire.client.Watcher;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a client's callbacks were told, in order. Filled by its callback thread, emptied by the test's. */
final class Told implements Watcher, SessionListener {
    private static final long LIMIT_SECONDS = 60;

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    @Override
    public void onEvent(NodeEvent event) {
        add(event.type() + " " + event.path());
    }

    @Override
    public void onSessionEvent(SessionEvent event, String reason) {
        add(event.toString());
    }

    void add(String line) {
        lines.add(line);
    }

    /** Waits for these, one after the other, and nothing in between. */
    void expect(String... expected) {
        List<String> told = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            told.add(next());
        }
        assertThat(told).containsExactly(expected);
    }

    /** Waits for this, and drops what comes before. */
    void await(String expected) {
        for (String line = next(); !expected.equals(line); line = next()) {
            assertThat(line).as("still waiting for %s", expected).isNotNull();
        }
    }

    /** Everything told so far and not yet taken. */
    List<String> drain() {
        List<String> told = new ArrayList<>();
        lines.drainTo(told);
        return told;
    }

    private String next() {
        try {
            return lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
