package io.quorate.compat.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/** What one watcher was told, in order. Filled by the client's event thread, emptied by the test's. */
final class Events implements Watcher {

    private static final long LIMIT_SECONDS = 30;

    private final BlockingQueue<WatchedEvent> queue = new LinkedBlockingQueue<>();

    @Override
    public void process(WatchedEvent event) {
        queue.add(event);
    }

    /** Waits for the next event and checks it. */
    void expect(Event.EventType type, String path) {
        expect(type, path, Event.KeeperState.SyncConnected);
    }

    /** Waits for the next event and checks it, the connection's state included. */
    void expect(Event.EventType type, String path, Event.KeeperState state) {
        WatchedEvent event = next();
        assertThat(event)
                .as("event %s %s %s", state, type, path)
                .isNotNull()
                .returns(type, WatchedEvent::getType)
                .returns(path, WatchedEvent::getPath)
                .returns(state, WatchedEvent::getState);
    }

    /** Waits for the next event of a node, whatever the connection went through before it, and checks it. */
    void expectInTheEnd(Event.EventType type, String path) {
        WatchedEvent event = next();
        while (event != null && event.getType() == Event.EventType.None) {
            event = next();
        }
        assertThat(event)
                .as("event %s %s", type, path)
                .isNotNull()
                .returns(type, WatchedEvent::getType)
                .returns(path, WatchedEvent::getPath);
    }

    /** Waits until the connection is told to be in {@code state}, and drops what came before. */
    void awaitState(Event.KeeperState state) {
        WatchedEvent event = next();
        while (event != null && event.getState() != state) {
            event = next();
        }
        assertThat(event).as("an event in state %s", state).isNotNull();
    }

    /** Everything that arrived as "type path", after all that the client was sent before this call is delivered. */
    List<String> drain(ZooKeeper client) {
        Replies replies = new Replies();
        client.sync("/", replies.plain(), null);
        replies.next();
        List<WatchedEvent> events = new ArrayList<>();
        queue.drainTo(events);
        return events.stream()
                .map(event -> event.getType() + " " + event.getPath())
                .toList();
    }

    private WatchedEvent next() {
        try {
            return queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
