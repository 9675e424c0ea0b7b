package io.quorate.coordinator.net.peer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.net.Unread;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.quorum.PacketCutter;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotNode;
import io.quorate.wire.quorum.SnapshotPart;
import io.quorate.wire.quorum.SnapshotSink;
import io.quorate.wire.quorum.SnapshotStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Future;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The incoming side of one link: cuts packets, and the snapshot behind a SNAP, and offers them as events. What is nonsense
 * closes this link only, with one line in the log. What the core has no room for waits here, and its peer in TCP. The event
 * loop's thread.
 */
final class LinkHandler extends ChannelInboundHandlerAdapter implements SnapshotSink {

    private static final Logger LOG = LoggerFactory.getLogger(LinkHandler.class);

    /** Nobody who has not said who he is makes this server keep more. */
    private static final int FIRST_LENGTH_MAX = 1024;

    private final QuorumPort port;
    private final JuteReader reader;
    private final Deque<Event> ready = new ArrayDeque<>();
    private PeerLink link;
    private PacketCutter cutter;
    private SnapshotStream snapshot;
    private ChannelHandlerContext context;
    private Unread unread;
    private Future<?> firstPacketLimit;
    private boolean stalled;
    private boolean closed;

    /** For a connection that was accepted. */
    LinkHandler(QuorumPort port) {
        this(port, null);
    }

    /** For a link that was opened from here. */
    LinkHandler(QuorumPort port, PeerLink link) {
        this.port = port;
        this.link = link;
        int lengthMax = port.settings().lengthMax();
        reader = new JuteReader(lengthMax);
        cutter = new PacketCutter(link == null ? Math.min(FIRST_LENGTH_MAX, lengthMax) : lengthMax);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        unread = new Unread(added.alloc());
        if (link == null) {
            link = new PeerLink(port, added.channel());
            port.opened(link);
            int millis = port.settings().firstPacketMillis();
            firstPacketLimit = added.executor()
                    .schedule(() -> refuse("it sent no packet within " + millis + " ms"), millis, MILLISECONDS);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closed) {
            ((ByteBuf) message).release();
            return;
        }
        unread.add((ByteBuf) message);
        if (!stalled) {
            decode();
        }
    }

    private void decode() {
        try {
            drain();
            if (unread.isHeld()) {
                DirectBuffer view = unread.view();
                while (!closed && !stalled && unread.length() > 0 && step(view)) {
                    drain();
                }
                unread.tidy();
            }
        } catch (MalformedException e) {
            refuse(e.getMessage());
        }
    }

    private boolean step(DirectBuffer view) {
        return snapshot == null ? packet(view) : parts(view);
    }

    private boolean packet(DirectBuffer view) {
        int length = cutter.length(view, unread.position(), unread.length());
        if (length == PacketCutter.MORE) {
            return false;
        }
        QuorumPacket packet = QuorumPacket.read(reader.wrap(view, unread.position(), length));
        unread.take(length);
        if (!link.isAnnounced()) {
            firstPacketLimit.cancel(false);
            cutter = new PacketCutter(port.settings().lengthMax());
            link.announce();
        }
        ready.add(new Event.LinkPacket(link, packet));
        if (packet.packetType() == PacketType.SNAP && !link.isAccepted()) {
            snapshot = new SnapshotStream(this, port.settings().lengthMax());
        }
        return true;
    }

    private boolean parts(DirectBuffer view) {
        int taken = snapshot.read(view, unread.position(), unread.length());
        unread.take(taken);
        if (snapshot.isComplete()) {
            snapshot = null;
        }
        return taken > 0;
    }

    @Override
    public void session(long id, int timeoutMillis) {
        part(new SnapshotPart.SessionPart(id, timeoutMillis));
    }

    @Override
    public void acl(long id, List<Acl> acl) {
        part(new SnapshotPart.AclPart(id, acl));
    }

    @Override
    public void node(String path, SnapshotNode node) {
        part(SnapshotPart.NodePart.of(path, node));
    }

    private void part(SnapshotPart part) {
        ready.add(new Event.LinkPart(link, part));
    }

    @Override
    public void end() {
        ready.add(new Event.LinkPartsEnd(link));
    }

    /** Offers what was taken apart, as far as the core has room for it. */
    private void drain() {
        while (!closed && !stalled && !ready.isEmpty()) {
            if (port.offer(ready.peek())) {
                ready.remove();
            } else {
                stalled = true;
                context.channel().config().setAutoRead(false);
                port.stall(context.channel().eventLoop(), this);
            }
        }
    }

    /** There may be room now. */
    void resume() {
        stalled = false;
        if (closed) {
            return;
        }
        decode();
        if (!stalled && !closed) {
            context.channel().config().setAutoRead(true);
        }
    }

    private void refuse(String reason) {
        if (!closed) {
            LOG.info("closing link with {}: {}", context.channel().remoteAddress(), reason);
            closed = true;
            ChannelFuture unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        ended();
    }

    /** What was not offered yet is lost with the link: to the core the network broke a little earlier. */
    private void ended() {
        closed = true;
        ready.clear();
        unread.release();
        if (firstPacketLimit != null) {
            firstPacketLimit.cancel(false);
        }
        link.end();
    }

    /** Whatever befalls one connection costs that connection alone; an error is about the whole process. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Exception) {
            LOG.atLevel(cause instanceof IOException ? Level.DEBUG : Level.WARN)
                    .setCause(cause)
                    .log("link with {} broke", ctx.channel().remoteAddress());
            closed = true;
            ChannelFuture unused = ctx.close();
        } else {
            port.fatal(cause);
        }
    }
}
