package io.quorate.coordinator.zab;

import org.agrona.DirectBuffer;

/** Orders to the log. Called by the core's thread alone; the flush comes back as an event. */
public interface LogOut {

    /** True if an entry of this many bytes can be appended now. */
    boolean hasRoom(int entryBytes);

    /** Appends a transaction; the bytes are copied before this returns. There must be room. */
    void append(long zxid, DirectBuffer src, int offset, int length);
}
