package io.quorate.coordinator.net.peer;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.quorate.coordinator.net.ConnectionLimits;
import io.quorate.coordinator.net.EventLoops;
import io.quorate.wire.quorum.ElectionHello.Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one of the ports for other members, on all of its addresses, and admits connections up to the limits. */
final class PortListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PortListener.class);

    private final String name;
    private final PeerSettings settings;
    private final List<Address> addresses;
    private final ConnectionLimits limits;
    private final List<Channel> listeners = new ArrayList<>();

    /** @param name what the port is called, for the operator */
    PortListener(String name, PeerSettings settings, List<Address> addresses) {
        this.name = name;
        this.settings = settings;
        this.addresses = addresses;
        this.limits = new ConnectionLimits(
                "connections to the " + name,
                settings.connectionsMax(),
                "connections from one address to the " + name,
                settings.connectionsPerAddressMax());
    }

    /**
     * Takes hold of the port; tries again while the port is taken, as often as the configuration says. Blocks meanwhile.
     *
     * @param children the loops that accepted connections run on
     * @param handlers one for each accepted connection
     * @throws Exception what the last attempt failed with
     */
    void open(EventLoops loops, EventLoopGroup children, Supplier<ChannelHandler> handlers) throws Exception {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group(), children)
                .channel(loops.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, settings.keepAlive())
                .childHandler(new Admission(handlers));
        for (Address address : places()) {
            listeners.add(bind(bootstrap, address));
        }
    }

    /** Where to listen: with no host for every interface. */
    private Set<Address> places() {
        Set<Address> places = new LinkedHashSet<>();
        addresses.forEach(address -> places.add(settings.listenOnAll() ? new Address("", address.port()) : address));
        return places;
    }

    private Channel bind(ServerBootstrap bootstrap, Address address) throws Exception {
        int tries = 1;
        while (true) {
            try {
                // The name is looked up anew each time.
                InetSocketAddress place = address.host().isEmpty()
                        ? new InetSocketAddress(address.port())
                        : new InetSocketAddress(address.host(), address.port());
                return bootstrap.bind(place).sync().channel();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (tries == settings.bindTries()) {
                    throw e;
                }
                LOG.warn("cannot listen on the {} {} ({}); next attempt in a second", name, address, e.toString());
                tries++;
                TimeUnit.SECONDS.sleep(1);
            }
        }
    }

    /** Begins to take connections; until then they wait. */
    void accept() {
        listeners.forEach(listener -> listener.config().setAutoRead(true));
    }

    /** Where it listens. */
    List<InetSocketAddress> addresses() {
        return listeners.stream()
                .map(listener -> (InetSocketAddress) listener.localAddress())
                .toList();
    }

    /** Stops listening; connections stay. */
    @Override
    public void close() {
        listeners.forEach(listener -> listener.close().syncUninterruptibly());
    }

    /** Counts each new connection in, or resets it. */
    @ChannelHandler.Sharable
    private final class Admission extends ChannelInitializer<Channel> {

        private final Supplier<ChannelHandler> handlers;

        Admission(Supplier<ChannelHandler> handlers) {
            this.handlers = handlers;
        }

        @Override
        protected void initChannel(Channel channel) {
            InetSocketAddress peer = (InetSocketAddress) channel.remoteAddress();
            if (peer == null) {
                channel.unsafe().closeForcibly();
                return;
            }
            InetAddress from = peer.getAddress();
            String limit = limits.admit(from);
            if (limit != null) {
                LOG.info("connection from {} to the {} refused: {} is reached", peer, name, limit);
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                ChannelFuture unused = channel.close();
                return;
            }
            ChannelFuture unused = channel.closeFuture().addListener(closed -> limits.leave(from));
            channel.pipeline().addLast(handlers.get());
        }
    }
}
