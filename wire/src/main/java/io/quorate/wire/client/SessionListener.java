package io.quorate.wire.client;

/** Is told what happens to the session of a client. */
@FunctionalInterface
public interface SessionListener {
    /**
     * Called on the client's callback executor, in order with replies and watch events; a {@link SessionEvent#DISCONNECTED}
     * comes before the failures of the requests that were in flight. Must not wait for a reply of the same client.
     *
     * @param reason why, or where to; one line for a log
     */
    void onSessionEvent(SessionEvent event, String reason);
}
