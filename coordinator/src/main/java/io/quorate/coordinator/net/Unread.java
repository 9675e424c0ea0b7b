package io.quorate.coordinator.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of one connection that have arrived and were not taken yet, in one piece. Holds no buffer while there are none, so
 * that idle connections cost little. The event loop's thread.
 */
public final class Unread {

    private final ByteBufAllocator allocator;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private ByteBuf bytes;

    public Unread(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /** Puts more behind what is there; takes over the buffer. */
    public void add(ByteBuf incoming) {
        if (bytes == null) {
            bytes = incoming;
            return;
        }
        if (bytes.refCnt() > 1 || bytes.maxWritableBytes() < incoming.readableBytes()) {
            ByteBuf larger = allocator.buffer(bytes.readableBytes() + incoming.readableBytes());
            larger.writeBytes(bytes);
            bytes.release();
            bytes = larger;
        }
        bytes.discardSomeReadBytes();
        bytes.writeBytes(incoming);
        incoming.release();
    }

    /** False once everything was taken and {@link #tidy} was called, and before anything came. */
    public boolean isHeld() {
        return bytes != null;
    }

    /** The bytes, from {@link #position} on. Good until the next call of {@link #add}, {@link #tidy} or {@link #release}. */
    public DirectBuffer view() {
        if (bytes.hasMemoryAddress()) {
            view.wrap(bytes.memoryAddress(), bytes.capacity());
        } else if (bytes.hasArray()) {
            view.wrap(bytes.array(), bytes.arrayOffset(), bytes.capacity());
        } else {
            byte[] copy = new byte[bytes.capacity()];
            bytes.getBytes(0, copy);
            view.wrap(copy);
        }
        return view;
    }

    /** Where in {@link #view} the first byte lies that was not taken. */
    public int position() {
        return bytes.readerIndex();
    }

    /** How many there are; 0 if none. */
    public int length() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** The first four bytes, which must be there, as a number. */
    public int firstInt() {
        return bytes.getInt(bytes.readerIndex());
    }

    /** Takes eight bytes, which must be there, as a number. */
    public long takeLong() {
        return bytes.readLong();
    }

    /** Done with so many. */
    public void take(int length) {
        bytes.skipBytes(length);
    }

    /** Lets the buffer go if everything was taken. */
    public void tidy() {
        if (bytes != null && !bytes.isReadable()) {
            release();
        }
    }

    /** Lets everything go. */
    public void release() {
        if (bytes != null) {
            bytes.release();
            bytes = null;
        }
    }
}
