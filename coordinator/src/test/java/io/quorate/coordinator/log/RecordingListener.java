package io.quorate.coordinator.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what the agent told, in order. */
class RecordingListener implements LogListener {

    final List<String> events = new CopyOnWriteArrayList<>();
    private volatile long flushed;

    @Override
    public void onLogFlushed(long lastZxid) {
        events.add("flushed " + lastZxid);
        flushed = lastZxid;
    }

    @Override
    public void onLogSpace(boolean available) {
        events.add("space " + available);
    }

    @Override
    public void onLogFailed(Throwable cause) {
        events.add("failed " + cause.getMessage());
    }

    long flushed() {
        return flushed;
    }
}
