package io.quorate.coordinator.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.quorate.coordinator.core.ClientOut;
import io.quorate.coordinator.core.ConnectionFacts;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;

/**
 * Encodes what the core orders for one client; everything of a batch leaves in one buffer, unless it is long. The event loop's
 * thread.
 */
final class ClientWriter implements ClientOut {

    private static final int EVENT_XID = -1;
    private static final int FIRST_BYTES = 512;
    /** A batch is not kept until it ends if it is longer: the channel is to know of it, and whether the client reads. */
    private static final int BATCH_BYTES_MAX = 1 << 20;

    private final Channel channel;
    private final ClientQueue queue;
    private final ClientHandler handler;
    private final long unsentBytesMax;
    private ByteBuf unsent;
    private boolean dirty;
    private boolean closing;
    private long sent;

    ClientWriter(Channel channel, ClientQueue queue, ClientHandler handler, long unsentBytesMax) {
        this.channel = channel;
        this.queue = queue;
        this.handler = handler;
        this.unsentBytesMax = unsentBytesMax;
    }

    @Override
    public void connected(ConnectResponse response) {
        JuteWriter frame = queue.frame();
        response.write(frame);
        append(frame, false);
        if (response.sessionId() != 0) {
            handler.onSession();
        }
    }

    @Override
    public void reply(int xid, long zxid, int err, Response body) {
        if (closing) {
            return;
        }
        JuteWriter frame = queue.frame();
        frame.writeInt(xid);
        frame.writeLong(zxid);
        frame.writeInt(err);
        if (body != null) {
            body.write(frame);
        }
        append(frame, false);
    }

    @Override
    public void event(long zxid, WatchedEvent event) {
        JuteWriter frame = queue.frame();
        frame.writeInt(EVENT_XID);
        frame.writeLong(zxid);
        frame.writeInt(0);
        event.write(frame);
        append(frame, true);
    }

    private void append(JuteWriter frame, boolean event) {
        int length = queue.finish(frame);
        if (closing) {
            return;
        }
        if (unsent == null) {
            unsent = channel.alloc().buffer(Math.max(FIRST_BYTES, length));
        }
        unsent.writeBytes(queue.bytes(), 0, length);
        sent++;
        handler.countSent(length, event);
        if (unsent.readableBytes() > BATCH_BYTES_MAX) {
            write();
        }
        markDirty();
    }

    private void write() {
        ByteBuf batch = unsent;
        unsent = null;
        ChannelFuture unused = channel.writeAndFlush(batch, channel.voidPromise());
        if (!closing
                && channel.unsafe().outboundBuffer() != null
                && channel.unsafe().outboundBuffer().totalPendingWriteBytes() > unsentBytesMax) {
            closing = true;
            handler.onUnreadReplies();
        }
    }

    private void markDirty() {
        if (!dirty) {
            dirty = true;
            queue.markDirty(this);
        }
    }

    @Override
    public void close() {
        closing = true;
        markDirty();
    }

    void flush() {
        dirty = false;
        if (unsent != null) {
            write();
        }
        if (closing) {
            channel.writeAndFlush(channel.alloc().buffer(0, 0)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    void release() {
        closing = true;
        if (unsent != null) {
            unsent.release();
            unsent = null;
        }
    }

    @Override
    public ConnectionFacts facts() {
        return new ConnectionFacts(
                String.valueOf(channel.remoteAddress()), channel.isWritable() ? 1 : 5, handler.received(), sent);
    }
}
