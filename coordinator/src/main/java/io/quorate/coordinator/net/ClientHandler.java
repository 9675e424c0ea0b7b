package io.quorate.coordinator.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.Event;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The incoming side of one client connection: cuts frames, decodes them, and offers events. A frame that is nonsense closes this
 * connection only, with one line in the log. The event loop's thread.
 *
 * <pre>
 *   first four bytes: a four-letter word | length of the connect request
 *   then: length | xid | type | record
 * </pre>
 */
final class ClientHandler extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ClientHandler.class);
    private static final int HEADER_BYTES = 8;
    private static final int TELNET_INTERRUPT = 0xfff4fffd;

    private enum Phase {
        FIRST_BYTES,
        COMMAND,
        AWAITING_SESSION,
        OPEN,
        CLOSED
    }

    private final ClientDoor door;
    private final JuteReader reader;
    private ChannelHandlerContext context;
    private ClientWriter writer;
    private Client client;
    private Unread unread;
    private DirectBuffer view;
    private Phase phase = Phase.FIRST_BYTES;
    private boolean stalled;
    private boolean reading = true;
    private int command;
    private int largeBytes;
    private long received;

    ClientHandler(ClientDoor door) {
        this.door = door;
        this.reader = new JuteReader(door.settings().frameBytesMax() * 2);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        unread = new Unread(added.alloc());
        writer = new ClientWriter(
                added.channel(), door.queue(), this, door.settings().unsentBytesMax());
        client = door.newClient(writer, added.channel());
        door.opened(this, client);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf incoming = (ByteBuf) message;
        if (phase == Phase.CLOSED) {
            incoming.release();
            return;
        }
        unread.add(incoming);
        if (!stalled) {
            decode();
        }
    }

    /** Takes as many frames as are complete, as the core has room for, and as the client reads the replies to. */
    private void decode() {
        view = unread.view();
        while (phase != Phase.CLOSED && !stalled && context.channel().isWritable() && step()) {
            // each step takes one frame
        }
        if (phase == Phase.CLOSED) {
            unread.release();
        } else {
            unread.tidy();
        }
        updateReading();
    }

    private boolean step() {
        return switch (phase) {
            case FIRST_BYTES -> first();
            case COMMAND -> argument();
            case AWAITING_SESSION, CLOSED -> false;
            case OPEN -> request();
        };
    }

    private boolean first() {
        if (unread.length() < Integer.BYTES) {
            return false;
        }
        int word = unread.firstInt();
        if (door.commands().argumentBytes(word) >= 0) {
            unread.take(Integer.BYTES);
            countReceived();
            command = word;
            phase = Phase.COMMAND;
            return true;
        }
        int length = frameLength();
        if (length < 0) {
            return false;
        }
        ConnectRequest connect;
        try {
            connect = ConnectRequest.read(reader.wrap(view, unread.position() + Integer.BYTES, length));
        } catch (MalformedException e) {
            refuse("connect request cannot be read: " + e.getMessage());
            return false;
        }
        if (!door.inlet().offer(new Event.ClientConnects(client, connect))) {
            stall();
            return false;
        }
        door.counters().connectRequests().increment();
        if (phase == Phase.FIRST_BYTES) {
            phase = Phase.AWAITING_SESSION;
        }
        take(length);
        return true;
    }

    /** The length of the frame at hand if it is complete, else −1; the connection is refused if it can never be taken. */
    private int frameLength() {
        if (unread.length() < Integer.BYTES) {
            return -1;
        }
        int length = unread.firstInt();
        if (length < 0 || length > door.settings().frameBytesMax()) {
            refuse("frame of " + length + " bytes, at most " + door.settings().frameBytesMax() + " are taken");
            return -1;
        }
        if (!reserveLarge(length)) {
            return -1;
        }
        return unread.length() - Integer.BYTES < length ? -1 : length;
    }

    private boolean reserveLarge(int length) {
        int threshold = door.settings().largeRequestBytes();
        if (threshold <= 0 || length <= threshold || largeBytes > 0) {
            return true;
        }
        if (!door.reserveLarge(length)) {
            refuse("large requests take more than " + door.settings().largeRequestsBytesMax() + " bytes already");
            return false;
        }
        largeBytes = length;
        return true;
    }

    private void take(int length) {
        door.counters().bytesReceived().add(length);
        countReceived();
        if (largeBytes > 0) {
            door.releaseLarge(largeBytes);
            largeBytes = 0;
        }
        if (unread.isHeld()) {
            unread.take(Integer.BYTES + length);
        }
    }

    private boolean request() {
        int length = frameLength();
        if (length < 0) {
            return false;
        }
        if (length < HEADER_BYTES) {
            refuse("frame of " + length + " bytes has no request header");
            return false;
        }
        Event event = decodeRequest(unread.position() + Integer.BYTES, length);
        if (!door.inlet().offer(event)) {
            stall();
            return false;
        }
        take(length);
        return true;
    }

    private Event decodeRequest(int at, int length) {
        reader.wrap(view, at, length);
        int xid = reader.readInt();
        OpCode op = OpCode.of(reader.readInt());
        return door.requests().decode(client, xid, op, reader);
    }

    /** A word with an argument waits for it; every other one runs at once. */
    private boolean argument() {
        int wanted = door.commands().argumentBytes(command);
        if (unread.length() < wanted) {
            return false;
        }
        long argument = wanted == Long.BYTES ? unread.takeLong() : 0;
        phase = Phase.CLOSED;
        if (command == TELNET_INTERRUPT) {
            LOG.debug("telnet interrupt from {}", context.channel().remoteAddress());
        }
        door.commands().run(command, argument, this::answerCommand);
        return false;
    }

    private void answerCommand(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        context.writeAndFlush(context.alloc().buffer(bytes.length).writeBytes(bytes))
                .addListener(ChannelFutureListener.CLOSE);
    }

    /** The session is there: requests behind the connect request are taken from here on. */
    void onSession() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.OPEN;
        door.confirmed(this);
        if (unread.isHeld() && !stalled) {
            // Not in the middle of the core's step: frames already here are taken when it is over.
            stall();
        }
    }

    private void stall() {
        stalled = true;
        door.queue().stall(this);
    }

    /** There may be room now. */
    void resume() {
        stalled = false;
        if (!decodeUnread()) {
            updateReading();
        }
    }

    private boolean decodeUnread() {
        boolean may = unread.isHeld() && !stalled && phase != Phase.CLOSED;
        if (may) {
            decode();
        }
        return may;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        updateReading();
        if (ctx.channel().isWritable() && unread.isHeld()) {
            // Not from here: this may be in the middle of decoding, by a reply that was written.
            ctx.executor().execute(() -> decodeUnread());
        }
        ctx.fireChannelWritabilityChanged();
    }

    /** Who does not read replies, or outruns the core, is not read: the pressure ends in TCP. */
    private void updateReading() {
        boolean want = !stalled
                && phase != Phase.CLOSED
                && context.channel().isWritable()
                && (phase != Phase.AWAITING_SESSION || !unread.isHeld());
        if (want != reading) {
            reading = want;
            context.channel().config().setAutoRead(want);
        }
    }

    void onUnreadReplies() {
        refuse("the client does not read its replies: more than "
                + door.settings().unsentBytesMax() + " bytes wait for it");
    }

    void onSessionless() {
        refuse("no session was asked for within " + door.settings().sessionlessMillis() + " ms");
    }

    private void refuse(String reason) {
        if (phase != Phase.CLOSED) {
            LOG.info("closing connection from {}: {}", context.channel().remoteAddress(), reason);
            phase = Phase.CLOSED;
            ChannelFuture unused = context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        phase = Phase.CLOSED;
        stalled = false;
        unread.release();
        if (largeBytes > 0) {
            door.releaseLarge(largeBytes);
            largeBytes = 0;
        }
        writer.release();
        door.closed(this, client);
        ctx.fireChannelInactive();
    }

    /** Whatever befalls one connection costs that connection alone; an error is about the whole process. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof Exception) {
            LOG.atLevel(cause instanceof IOException ? Level.DEBUG : Level.WARN)
                    .setCause(cause)
                    .log("connection from {} broke", ctx.channel().remoteAddress());
            ChannelFuture unused = ctx.close();
        } else {
            door.fatal(cause);
        }
    }

    private void countReceived() {
        received++;
        door.countReceived();
    }

    void countSent(int bytes, boolean event) {
        door.countSent();
        (event ? door.counters().watchBytes() : door.counters().responseBytes()).add(bytes);
    }

    long received() {
        return received;
    }
}
