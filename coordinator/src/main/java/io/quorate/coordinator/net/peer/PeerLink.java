package io.quorate.coordinator.net.peer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.EventLoop;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.zab.Link;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.quorum.QuorumPacket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The outgoing side of one link: packets of a batch of the core leave in one buffer, and wait while the link is not connected.
 * {@link Link} and {@link #flush} belong to the core's thread, everything else to the event loop of the link; where the core runs
 * on that loop nothing is handed over.
 */
final class PeerLink implements Link {

    private static final int FIRST_BYTES = 512;
    /** A batch is not kept until it ends if it is longer. */
    private static final int BATCH_BYTES_MAX = 1 << 20;
    /** A peer that does not read is not waited for longer when its link is closed. */
    private static final int CLOSING_MILLIS_MAX = 1_000;

    private final QuorumPort port;
    private final EventLoop loop;
    private final ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final AtomicLong unsent = new AtomicLong();

    // The core's thread.
    private ByteBuf batch;
    private boolean dirty;
    private boolean closing;

    // The event loop's thread.
    private final Deque<ByteBuf> waiting = new ArrayDeque<>();
    private final boolean accepted;
    private Channel channel;
    private Future<?> closingLimit;
    private boolean announced;
    private boolean gone;

    /** A link that is to be connected. */
    PeerLink(QuorumPort port, EventLoop loop) {
        this.port = port;
        this.loop = loop;
        this.accepted = false;
        this.announced = true;
    }

    /** A link over a connection that was accepted. */
    PeerLink(QuorumPort port, Channel channel) {
        this.port = port;
        this.loop = channel.eventLoop();
        this.channel = channel;
        this.accepted = true;
    }

    // The core's thread

    @Override
    public void send(QuorumPacket packet) {
        if (closing) {
            return;
        }
        JuteWriter writer = port.packet();
        packet.write(writer);
        int length = writer.position();
        if (batch == null) {
            batch = allocator.buffer(Math.max(FIRST_BYTES, length));
        }
        batch.writeBytes(port.bytes(), 0, length);
        unsent.addAndGet(length);
        markDirty();
        if (batch.readableBytes() > BATCH_BYTES_MAX) {
            handOverBatch();
        }
    }

    @Override
    public void chunk(byte[] bytes, int length) {
        if (closing) {
            return;
        }
        handOverBatch();
        unsent.addAndGet(length);
        markDirty();
        handOver(Unpooled.wrappedBuffer(bytes, 0, length));
    }

    @Override
    public long unsentBytes() {
        return unsent.get();
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            markDirty();
        }
    }

    private void markDirty() {
        if (!dirty) {
            dirty = true;
            port.markDirty(this);
        }
    }

    void flush() {
        dirty = false;
        ByteBuf full = batch;
        batch = null;
        boolean last = closing;
        onLoop(() -> {
            if (full != null) {
                write(full);
            }
            sendWritten(last);
        });
    }

    private void handOverBatch() {
        if (batch != null) {
            ByteBuf full = batch;
            batch = null;
            handOver(full);
        }
    }

    private void handOver(ByteBuf bytes) {
        onLoop(() -> write(bytes));
    }

    private void onLoop(Runnable action) {
        if (loop.inEventLoop()) {
            action.run();
        } else if (!loop.isShuttingDown()) {
            loop.execute(action);
        }
    }

    // The event loop's thread

    private void write(ByteBuf bytes) {
        if (gone) {
            bytes.release();
        } else if (channel == null) {
            waiting.add(bytes);
        } else {
            int length = bytes.readableBytes();
            ChannelFuture unused = channel.write(bytes).addListener(done -> unsent.addAndGet(-length));
        }
    }

    private void sendWritten(boolean last) {
        if (channel != null) {
            channel.flush();
        }
        if (!last || gone) {
            return;
        }
        if (channel == null) {
            end();
            return;
        }
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        closingLimit = loop.schedule(this::closeChannel, CLOSING_MILLIS_MAX, MILLISECONDS);
    }

    /** The connection is there: what waited for it is sent. */
    void connected(Channel now) {
        channel = now;
        waiting.forEach(this::write);
        waiting.clear();
        channel.flush();
    }

    /** Tells the core that there is this link, before its first packet. */
    void announce() {
        if (!announced) {
            announced = true;
            boolean taken = port.offer(new Event.LinkAccepted(this));
            assert taken : "a link is always taken";
        }
    }

    boolean isAnnounced() {
        return announced;
    }

    boolean isAccepted() {
        return accepted;
    }

    boolean isGone() {
        return gone;
    }

    /** The connection is down, or will never be. The core hears of it once, if it knows the link. */
    void end() {
        if (gone) {
            return;
        }
        gone = true;
        waiting.forEach(ByteBuf::release);
        waiting.clear();
        if (closingLimit != null) {
            closingLimit.cancel(false);
        }
        port.gone(this);
        if (announced) {
            boolean taken = port.offer(new Event.LinkGone(this));
            assert taken : "the end of a link is always taken";
        }
    }

    /** Closes without waiting for anything. Any thread. */
    void abort() {
        onLoop(() -> {
            if (channel == null) {
                end();
            } else {
                closeChannel();
            }
        });
    }

    private void closeChannel() {
        ChannelFuture unused = channel.close();
    }
}
