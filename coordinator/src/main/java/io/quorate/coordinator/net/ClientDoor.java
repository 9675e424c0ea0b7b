package io.quorate.coordinator.net;

import io.netty.channel.Channel;
import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.ClientOut;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.wire.proto.Identity;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What the connections of one event loop share: where their events go, what is ordered of them, and which of them still owe a
 * connect request. The event loop's thread.
 */
final class ClientDoor {

    /** What every event loop is given alike. */
    record Common(
            NetSettings settings,
            Inlet inlet,
            RequestDecoder requests,
            Commands commands,
            Admissions admissions,
            Consumer<Throwable> fatal) {}

    private final Common common;
    private final ClientQueue queue;
    private final LoopOrders orders;
    private final NetCounters counters;
    private final Map<ClientHandler, Long> sessionless = new LinkedHashMap<>();
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    /** @param orders null if the core runs on this event loop */
    ClientDoor(Common common, ClientQueue queue, LoopOrders orders, NetCounters counters) {
        this.common = common;
        this.counters = counters;
        this.queue = queue;
        this.orders = orders;
    }

    Client newClient(ClientWriter writer, Channel channel) {
        String address =
                ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
        ClientOut out = orders == null ? writer : orders.to(writer);
        return new Client(out, common.admissions.nextNumber(), List.of(new Identity(AclSchemes.IP, address)));
    }

    void opened(ClientHandler handler, Client client) {
        inlet().offer(new Event.ClientCame(client));
        sessionless.put(handler, System.nanoTime());
    }

    void confirmed(ClientHandler handler) {
        sessionless.remove(handler);
    }

    void closed(ClientHandler handler, Client client) {
        sessionless.remove(handler);
        inlet().offer(new Event.ClientGone(client));
    }

    /** Closes what has been connected for the whole time limit without a session. */
    void sweep() {
        long limitNanos = settings().sessionlessMillis() * 1_000_000L;
        long now = System.nanoTime();
        List<ClientHandler> late = new ArrayList<>();
        sessionless.forEach((handler, since) -> {
            if (now - since >= limitNanos) {
                late.add(handler);
            }
        });
        late.forEach(ClientHandler::onSessionless);
        counters.sessionless().add(late.size());
    }

    void countReceived() {
        received.setOpaque(received.getPlain() + 1);
    }

    void countSent() {
        sent.setOpaque(sent.getPlain() + 1);
    }

    long received() {
        return received.getOpaque();
    }

    long sent() {
        return sent.getOpaque();
    }

    boolean reserveLarge(int bytes) {
        boolean reserved = common.admissions.reserveLarge(bytes);
        if (!reserved) {
            counters.largeRejected().increment();
        }
        return reserved;
    }

    void releaseLarge(int bytes) {
        common.admissions.releaseLarge(bytes);
    }

    NetCounters counters() {
        return counters;
    }

    NetSettings settings() {
        return common.settings;
    }

    Inlet inlet() {
        return common.inlet;
    }

    ClientQueue queue() {
        return queue;
    }

    LoopOrders orders() {
        return orders;
    }

    RequestDecoder requests() {
        return common.requests;
    }

    Commands commands() {
        return common.commands;
    }

    void fatal(Throwable cause) {
        common.fatal.accept(cause);
    }
}
