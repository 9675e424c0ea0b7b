package io.quorate.wire.client;

/** Is told what happened to a watched node. */
@FunctionalInterface
public interface Watcher {
    /**
     * Called on the client's callback executor, in order with the replies and the other events of this client: before the
     * reply that already shows the change. Must not wait for a reply of the same client.
     *
     * <p>A watcher registered twice in the same way on the same path (by {@code equals}) is one watcher. Changes of the
     * connection are told to the {@link SessionListener} only; watches outlive a lost connection, and a one-shot watch
     * reports what happened meanwhile. When the session expires they are gone without a word.
     */
    void onEvent(NodeEvent event);
}
