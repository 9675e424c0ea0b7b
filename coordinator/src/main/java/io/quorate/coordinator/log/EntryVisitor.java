package io.quorate.coordinator.log;

import org.agrona.DirectBuffer;

/** Receives the transactions of a replay, in zxid order. */
@FunctionalInterface
public interface EntryVisitor {

    /** One transaction. The buffer is reused: what is needed later must be copied before returning. */
    void entry(long zxid, DirectBuffer buffer, int offset, int length);
}
