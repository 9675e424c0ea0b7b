package io.quorate.coordinator.cli.shell;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.NodeEvent;
import io.quorate.wire.client.SessionEvent;
import java.time.Duration;
import java.util.Map;
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

    /** @param events is told every event in one line, by the client's thread */
    ShellConnection(Duration sessionTimeout, boolean readOnly, Consumer<String> events) {
        this.sessionTimeout = sessionTimeout;
        this.readOnly = readOnly;
        this.events = events;
    }

    /** Ends the session, if there is one, and returns when there is another one. */
    void open(String connectString) throws AdminException {
        close();
        ClientBuilder builder = Link.builder(connectString)
                .sessionTimeout(sessionTimeout)
                .operationTimeout(sessionTimeout)
                .readOnly(readOnly)
                .listener(this::onSession);
        link = Link.open(connectString, sessionTimeout, builder);
    }

    /** Ends the session, if there is one. */
    void close() {
        if (link != null) {
            link.close();
            link = null;
        }
    }

    private void onSession(SessionEvent event, String reason) {
        last = event;
        if (event != SessionEvent.CLOSED) {
            events.accept(text(STATES.get(event), "None", null, -1));
        }
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
