package io.quorate.coordinator.net;

import io.quorate.wire.jute.JuteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/**
 * What one event loop still has to do: connections with unsent replies, which are flushed once for each batch, and
 * connections whose next request waits until the core has room. One event loop's thread.
 */
public final class ClientQueue {

    private static final int FIRST_BYTES = 64 * 1024;

    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(FIRST_BYTES);
    private final JuteWriter writer = new JuteWriter();
    private final List<ClientWriter> dirty = new ArrayList<>();
    private final Deque<ClientHandler> stalled = new ArrayDeque<>();

    /** Flushes every connection that has something to send. */
    public void flush() {
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }

    /** Lets connections go on that wait for room. Those that find none wait again. */
    public void resume() {
        for (int i = stalled.size(); i > 0; i--) {
            stalled.poll().resume();
        }
    }

    /** True if a connection waits for room. */
    public boolean hasStalled() {
        return !stalled.isEmpty();
    }

    void markDirty(ClientWriter writer) {
        dirty.add(writer);
    }

    void stall(ClientHandler handler) {
        stalled.add(handler);
    }

    JuteWriter frame() {
        return writer.wrap(scratch, Integer.BYTES);
    }

    /** Ends the frame begun with {@link #frame}: its bytes, length in front, are in {@link #bytes}. */
    int finish(JuteWriter frame) {
        int end = frame.position();
        frame.writeInt(0, end - Integer.BYTES);
        return end;
    }

    byte[] bytes() {
        return scratch.byteArray();
    }
}
