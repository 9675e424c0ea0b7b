package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.Notification;

/**
 * Orders to the election transport (quorum protocol, section 2). Only the newest notification to a peer matters: the transport
 * may drop an older one, repeats the last one when a connection comes up, and connects by itself.
 */
public interface ElectionOut {

    /** Sends to another member; never to oneself. The member may be one that is not configured, if it wrote first. */
    void send(long sid, Notification notification);
}
