package io.quorate.coordinator.runtime;

import io.quorate.coordinator.core.Event;
import io.quorate.wire.quorum.SnapshotPart;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * What links with other members bring, on its way to the core, in one order: beginnings and ends of links are always taken, what
 * comes between only up to a number of bytes.
 */
final class LinkEvents {

    private static final int SEGMENT = 4096;
    private static final int EVENT_BYTES = 128;
    private static final long BYTES_MAX = 64L << 20;

    private final Queue<Event> queue = new MpscUnboundedArrayQueue<>(SEGMENT);
    private final AtomicLong bytes = new AtomicLong();

    static boolean isOne(Event event) {
        return event instanceof Event.LinkPacket
                || event instanceof Event.LinkPart
                || event instanceof Event.LinkPartsEnd
                || event instanceof Event.LinkAccepted
                || event instanceof Event.LinkGone;
    }

    /** False if there is no room for it now. Any thread. */
    boolean offer(Event event) {
        boolean always = event instanceof Event.LinkAccepted || event instanceof Event.LinkGone;
        if (!always && bytes.get() > BYTES_MAX) {
            return false;
        }
        bytes.addAndGet(bytesOf(event));
        return queue.offer(event);
    }

    /** The next one, null if there is none. The core's thread. */
    Event poll() {
        Event event = queue.poll();
        if (event != null) {
            bytes.addAndGet(-bytesOf(event));
        }
        return event;
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** About as much as it keeps of the heap. */
    private static int bytesOf(Event event) {
        byte[] data = null;
        if (event instanceof Event.LinkPacket arrived) {
            data = arrived.packet().data();
        } else if (event instanceof Event.LinkPart arrived && arrived.part() instanceof SnapshotPart.NodePart node) {
            data = node.data();
        }
        return EVENT_BYTES + (data == null ? 0 : data.length);
    }
}
