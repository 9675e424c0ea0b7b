package io.quorate.wire.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Owns the socket a client has at the moment, and what is to be written to it: everything that one event leads to goes out
 * together. What an earlier socket still reports is for nobody. The event loop's thread.
 */
final class NettySocket {
    private static final int BATCH_BYTES = 256 * 1024;
    private static final int BATCH_BYTES_FIRST = 1024;

    private final EventLoop loop;
    private final int frameBytesMax;
    private final NettyTransport transport;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private final NameLookups names;
    private final HostAddresses addresses = new HostAddresses(new Random());
    private Channel channel;

    /** Which attempt waits for addresses; null if none does. */
    private Object lookingUp;

    private ByteBuf batch;

    NettySocket(EventLoop loop, NameLookups names, int frameBytesMax, NettyTransport transport) {
        this.loop = loop;
        this.names = names;
        this.frameBytesMax = frameBytesMax;
        this.transport = transport;
    }

    void connect(HostPort host) {
        InetAddress address = addresses.next(host);
        if (address != null) {
            dial(new InetSocketAddress(address, host.port()));
            return;
        }
        Object attempt = new Object();
        lookingUp = attempt;
        CompletableFuture<List<InetAddress>> unused = names.addresses(host.host())
                .whenCompleteAsync(
                        (found, failure) -> {
                            if (lookingUp == attempt) {
                                lookingUp = null;
                                onLookedUp(host, found, failure);
                            }
                        },
                        loop);
    }

    private void onLookedUp(HostPort host, List<InetAddress> found, Throwable failure) {
        if (failure != null) {
            transport.onDisconnected(failure.toString());
        } else {
            addresses.found(host, found);
            dial(new InetSocketAddress(addresses.next(host), host.port()));
            transport.onResolved(found.size());
        }
    }

    private void dial(InetSocketAddress address) {
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                // The connection keeps the time itself.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .handler(new Pipeline());
        ChannelFuture connecting = bootstrap.connect(address);
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (channel == connecting.channel()) {
                if (done.isSuccess()) {
                    transport.onConnected();
                } else {
                    channel = null;
                    transport.onDisconnected(done.cause().toString());
                }
            }
        });
    }

    void send(Frame frame) {
        if (batch == null) {
            batch = channel.alloc().buffer(Math.max(frame.length(), BATCH_BYTES_FIRST));
        }
        batch.writeBytes(frame.bytes(), 0, frame.length());
        if (batch.readableBytes() >= BATCH_BYTES) {
            flush();
        }
    }

    void flush() {
        if (batch != null) {
            // Should this fail, the channel closes, and that is reported.
            ChannelFuture unused = channel.writeAndFlush(batch);
            batch = null;
        }
    }

    /** A server has confirmed the session. */
    void onAccepted() {
        addresses.forget();
    }

    void disconnect() {
        lookingUp = null;
        if (batch != null) {
            batch.release();
            batch = null;
        }
        if (channel != null) {
            Channel left = channel;
            channel = null;
            ChannelFuture unused = left.close();
        }
    }

    void pauseReading() {
        if (channel != null) {
            channel.config().setAutoRead(false);
        }
    }

    void resumeReading() {
        if (channel != null) {
            channel.config().setAutoRead(true);
        }
    }

    /** Bytes to frames to the connection; what else may come between socket and frames goes first. */
    private final class Pipeline extends ChannelInitializer<Channel> {
        @Override
        protected void initChannel(Channel created) {
            created.pipeline()
                    .addLast(new LengthFieldBasedFrameDecoder(frameBytesMax, 0, Integer.BYTES, 0, Integer.BYTES))
                    .addLast(new Frames());
        }
    }

    private final class Frames extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf frame = (ByteBuf) message;
            try {
                if (context.channel() == channel) {
                    offer(frame);
                }
            } finally {
                frame.release();
            }
        }

        private void offer(ByteBuf frame) {
            int length = frame.readableBytes();
            if (frame.hasMemoryAddress()) {
                view.wrap(frame.memoryAddress() + frame.readerIndex(), length);
            } else {
                byte[] copy = new byte[length];
                frame.readBytes(copy);
                view.wrap(copy);
            }
            transport.onFrame(view, 0, length);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            // Also if a frame has led to the end of this very channel: that is an event, too.
            transport.onFramesEnd();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            leave(context, "closed by the server");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (context.channel() == channel && cause instanceof DecoderException) {
                transport.onMalformed(cause.getMessage());
            } else {
                ChannelFuture unused = context.close();
                leave(context, cause.toString());
            }
        }

        private void leave(ChannelHandlerContext context, String reason) {
            if (context.channel() == channel) {
                disconnect();
                transport.onDisconnected(reason);
            }
        }
    }
}
