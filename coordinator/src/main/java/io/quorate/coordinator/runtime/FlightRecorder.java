package io.quorate.coordinator.runtime;

import io.quorate.coordinator.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The last events that the core was given, for whoever must find out why a server died. It keeps no event, so what clients sent
 * is not held back, only what each was, whom it concerns and which number it bears. Noted by the core's thread alone; told by any
 * thread, once the core stands still or while it runs, when the entry just being written may mix two events.
 */
public final class FlightRecorder {

    private static final int EVENTS = 4096;

    private final long[] millis = new long[EVENTS];
    private final Object[] what = new Object[EVENTS];
    private final long[] subject = new long[EVENTS];
    private final long[] detail = new long[EVENTS];
    private long noted;

    /** An event is about to be delivered, at this wall-clock time. */
    void note(long wallMillis, Event event) {
        int place = (int) (noted % EVENTS);
        millis[place] = wallMillis;
        what[place] = event.what();
        subject[place] = event.subject();
        detail[place] = event.detail();
        noted++;
    }

    /** One line for each event that is remembered, the oldest first. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (long i = Math.max(0, noted - EVENTS); i < noted; i++) {
            int place = (int) (i % EVENTS);
            Object kind = what[place];
            String name = kind instanceof Class<?> type ? type.getSimpleName() : String.valueOf(kind);
            lines.add("%s %s of 0x%x, 0x%x"
                    .formatted(Instant.ofEpochMilli(millis[place]), name, subject[place], detail[place]));
        }
        return lines;
    }

    /** Writes them and the reason of the end to a file, in place of what an earlier end left there. */
    void dump(Path file, Throwable reason) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("The server ended at " + Instant.now() + ": " + reason);
        for (StackTraceElement element : reason.getStackTrace()) {
            lines.add("    at " + element);
        }
        lines.add(
                "The last events before, the oldest first: what, of which session, member or type of packet, and its number (xid, zxid, epoch):");
        lines.addAll(lines());
        Files.write(file, lines);
    }
}
