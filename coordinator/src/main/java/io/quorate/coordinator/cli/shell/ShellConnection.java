package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.NodeEvent;
import io.quorate.wire.client.SessionEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Owns the shell's session: opens and closes it, and says what state it is in and what it is told. Commands come from one thread. */
final class ShellConnection {

    /** What ZooKeeper calls the states that an event is about. */
    private static final Map<SessionEvent, String> STATES = Map.of(
            SessionEvent.CONNECTED, "SyncConnected",
            SessionEvent.CONNECTED_READ_ONLY, "ConnectedReadOnly",
            SessionEvent.DISCONNECTED, "Disconnected",
            SessionEvent.EXPIRED, "Expired",
            SessionEvent.AUTH_FAILED, "AuthFailed",
            SessionEvent.CLOSED, "Closed");

    private final Duration sessionTimeout;
    private final boolean readOnly;
    private final Consumer<String> events;
    private Link link;
    private volatile SessionEvent last = SessionEvent.CLOSED;

    /** Completes when the session has been heard of; a new one for each session, so that what comes late of another is known. */
    private volatile CompletableFuture<Void> heard = new CompletableFuture<>();

    /** @param events is told every event in one line, by the client's thread */
    ShellConnection(Duration sessionTimeout, boolean readOnly, Consumer<String> events) {
        this.sessionTimeout = sessionTimeout;
        this.readOnly = readOnly;
        this.events = events;
    }

    /**
     * Ends the session, if there is one, and returns when there is another one and its first event has been told: what is
     * printed next shows the state it is in.
     */
    void open(String connectString) throws AdminException {
        close();
        CompletableFuture<Void> first = new CompletableFuture<>();
        heard = first;
        ClientBuilder builder = Link.builder(connectString)
                .sessionTimeout(sessionTimeout)
                .operationTimeout(sessionTimeout)
                .readOnly(readOnly)
                .listener((event, reason) -> onSession(first, event));
        link = Link.open(connectString, sessionTimeout, builder);
        link.await(first);
    }

    /** Ends the session, if there is one. */
    void close() {
        if (link != null) {
            link.close();
            link = null;
            last = SessionEvent.CLOSED;
            events.accept(text(STATES.get(SessionEvent.CLOSED), "None", null, -1));
        }
    }

    private void onSession(CompletableFuture<Void> about, SessionEvent event) {
        if (about != heard || event == SessionEvent.CLOSED) {
            return; // of another session, or what close() says itself
        }
        last = event;
        events.accept(text(STATES.get(event), "None", null, -1));
        about.complete(null);
    }

    void onNode(NodeEvent event) {
        events.accept(text("SyncConnected", ShellErrors.camelCase(event.type().name()), event.path(), event.zxid()));
    }

    private static String text(String state, String type, String path, long zxid) {
        return "WatchedEvent state:" + state + " type:" + type + " path:" + path + " zxid: " + zxid;
    }

    /** The client; only while {@link #isOpen}. */
    CoordinatorClient client() {
        return link.client();
    }

    /** Whether there is a session, connected or not. */
    boolean isOpen() {
        return link != null && !last.isTerminal();
    }

    /** As the prompt shows it. */
    String state() {
        return switch (last) {
            case CONNECTED -> "CONNECTED";
            case CONNECTED_READ_ONLY -> "CONNECTEDREADONLY";
            case DISCONNECTED -> "CONNECTING";
            case AUTH_FAILED -> "AUTH_FAILED";
            case EXPIRED, CLOSED -> "CLOSED";
        };
    }
}
