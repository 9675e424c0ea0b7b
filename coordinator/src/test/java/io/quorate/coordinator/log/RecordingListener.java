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
    public void onLogCut(long zxid) {
        events.add("cut " + zxid);
    }

    @Override
    public void onAcceptedEpochStored(long epoch) {
        events.add("accepted epoch " + epoch);
    }

    @Override
    public void onCurrentEpochStored(long epoch) {
        events.add("current epoch " + epoch);
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
