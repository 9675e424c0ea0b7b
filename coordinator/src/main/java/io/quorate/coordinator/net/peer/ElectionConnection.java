package io.quorate.coordinator.net.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quorate.coordinator.net.Unread;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.quorum.ElectionFrames;
import io.quorate.wire.quorum.ElectionHello;
import io.quorate.wire.quorum.Notification;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.NotYetConnectedException;
import java.util.concurrent.Future;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One connection on the election port. What was accepted begins with the other's first message; frames follow in both
 * directions, and one is written at a time, so that only the newest waits. The event loop's thread.
 */
final class ElectionConnection extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ElectionConnection.class);

    private final ElectionTransport transport;
    private final JuteReader reader = new JuteReader(ElectionFrames.LENGTH_MAX);
    private ElectionPeer peer;
    private ChannelHandlerContext context;
    private Unread unread;
    private Future<?> helloLimit;
    private boolean writing;
    private boolean closed;

    /** @param peer null if it is not known yet, because the other end opened the connection */
    ElectionConnection(ElectionTransport transport, ElectionPeer peer) {
        this.transport = transport;
        this.peer = peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        unread = new Unread(added.alloc());
        transport.opened(this);
        if (peer == null) {
            int millis = transport.settings().helloMillis();
            helloLimit = transport.later(millis, () -> refuse("it did not say who it is within " + millis + " ms"));
        }
    }

    /** Says who this server is, in one write; then closes again if that is all. */
    void introduce(boolean thenClose) {
        ChannelFuture written = context.writeAndFlush(transport.hello());
        if (thenClose) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** The other end said who it is. */
    void attach(ElectionPeer to) {
        peer = to;
    }

    SocketAddress remote() {
        return context.channel().remoteAddress();
    }

    /** Writes what waits for the other end, unless a frame is on its way still. */
    void writeNext() {
        byte[] frame = writing || closed ? null : peer.take();
        if (frame == null) {
            return;
        }
        writing = true;
        ChannelFuture unused = context.writeAndFlush(Unpooled.wrappedBuffer(frame))
                .addListener(written -> {
                    writing = false;
                    if (written.isSuccess()) {
                        writeNext();
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closed) {
            ((ByteBuf) message).release();
            return;
        }
        unread.add((ByteBuf) message);
        DirectBuffer view = unread.view();
        try {
            while (!closed && unread.length() > 0 && step(view)) {
                // each step takes one message
            }
        } catch (MalformedException e) {
            refuse(e.getMessage());
        }
        unread.tidy();
    }

    private boolean step(DirectBuffer view) {
        return peer == null ? firstMessage(view) : frame(view);
    }

    private boolean firstMessage(DirectBuffer view) {
        int length = ElectionHello.length(view, unread.position(), unread.length());
        if (length == ElectionHello.MORE) {
            return false;
        }
        ElectionHello hello = ElectionHello.read(reader.wrap(view, unread.position(), length));
        if (hello.sid() < 0) {
            throw new MalformedException("server id " + hello.sid());
        }
        unread.take(length);
        helloLimit.cancel(false);
        transport.introduced(this, hello);
        return true;
    }

    private boolean frame(DirectBuffer view) {
        int length = ElectionFrames.length(view, unread.position(), unread.length());
        if (length == ElectionFrames.MORE) {
            return false;
        }
        int at = unread.position() + ElectionFrames.HEADER_BYTES;
        Notification notification = null;
        try {
            notification = Notification.read(reader.wrap(view, at, length - ElectionFrames.HEADER_BYTES));
        } catch (MalformedException e) {
            LOG.info("ignoring a notification of server {}, {}: {}", peer.sid(), remote(), e.getMessage());
        }
        unread.take(length);
        if (notification != null) {
            transport.notified(peer.sid(), notification);
        }
        return true;
    }

    private void refuse(String reason) {
        if (!closed) {
            LOG.info("closing election connection with {}: {}", remote(), reason);
            close();
        }
    }

    void close() {
        if (!closed) {
            closed = true;
            ChannelFuture unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        closed = true;
        if (peer != null) {
            peer.lost(this);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        closed = true;
        unread.release();
        if (helloLimit != null) {
            helloLimit.cancel(false);
        }
        transport.closed(this);
    }

    /** Whatever befalls one connection costs that connection alone; an error is about the whole process. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof NotYetConnectedException) {
            // An event of a socket that is being refused. How the attempt ends, its future says.
            LOG.debug("election connection is not up yet");
        } else if (cause instanceof Exception) {
            LOG.atLevel(cause instanceof IOException ? Level.DEBUG : Level.WARN)
                    .setCause(cause)
                    .log("election connection with {} broke", remote());
            close();
        } else {
            transport.fatal(cause);
        }
    }
}
