package io.quorate.coordinator.net.peer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.quorate.wire.quorum.ElectionHello.Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects one link: all addresses of the member side by side, each a few times; the first connection wins (quorum protocol
 * specification, section 7.1). The event loop's thread.
 */
final class Dial {

    private static final Logger LOG = LoggerFactory.getLogger(Dial.class);
    private static final int TRIES_MAX = 5;

    private final QuorumPort port;
    private final PeerLink link;
    private final EventLoop loop;
    private final List<Address> places;
    private final long startNanos = System.nanoTime();
    private int open;
    private boolean connected;

    Dial(QuorumPort port, PeerLink link, EventLoop loop, List<Address> places) {
        this.port = port;
        this.link = link;
        this.loop = loop;
        this.places = places;
    }

    void begin() {
        open = places.size();
        if (places.isEmpty()) {
            link.end();
        }
        places.forEach(place -> attempt(place, 1));
    }

    private void attempt(Address place, int number) {
        if (connected || link.isGone()) {
            return;
        }
        long left = port.settings().linkMillis() - NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        long limit = Math.max(1, Math.min(left, port.settings().connectMillis()));
        ChannelFuture unused = new Bootstrap()
                .group(loop)
                .channel(port.loops().socketChannel())
                .resolver(port.names())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) limit)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(InetSocketAddress.createUnresolved(place.host(), place.port()))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        onConnected(((ChannelFuture) done).channel());
                    } else {
                        onFailed(place, number, done.cause());
                    }
                });
    }

    private void onConnected(Channel channel) {
        if (connected || link.isGone()) {
            ChannelFuture unused = channel.close();
            return;
        }
        connected = true;
        channel.pipeline().addLast(new LinkHandler(port, link));
        link.connected(channel);
    }

    private void onFailed(Address place, int number, Throwable cause) {
        long retryMillis = port.settings().retryMillis();
        long spent = NANOSECONDS.toMillis(System.nanoTime() - startNanos) + retryMillis;
        if (number < TRIES_MAX && spent < port.settings().linkMillis()) {
            Future<?> unused = loop.schedule(() -> attempt(place, number + 1), retryMillis, MILLISECONDS);
            return;
        }
        open--;
        if (open == 0 && !connected && !link.isGone()) {
            LOG.info("no connection to the leader on {} in {} attempts: {}", places, number, cause.toString());
            link.end();
        }
    }
}
