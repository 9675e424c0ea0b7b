package io.quorate.coordinator.net;

import io.netty.channel.Channel;
import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.coordinator.core.Client;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.wire.proto.Identity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the connections of one event loop share: where their events go, the limits on how many there may be, and which of them
 * still owe a connect request. The event loop's thread.
 */
final class ClientDoor {

    private final NetSettings settings;
    private final Inlet inlet;
    private final ClientQueue queue;
    private final RequestDecoder requests;
    private final Commands commands;
    private final Consumer<Throwable> fatal;
    private final Map<InetAddress, Integer> perAddress = new HashMap<>();
    private final Map<ClientHandler, Long> sessionless = new LinkedHashMap<>();
    private int open;
    private long clientNumber;
    private long largeBytes;

    ClientDoor(
            NetSettings settings,
            Inlet inlet,
            ClientQueue queue,
            RequestDecoder requests,
            Commands commands,
            Consumer<Throwable> fatal) {
        this.settings = settings;
        this.inlet = inlet;
        this.queue = queue;
        this.requests = requests;
        this.commands = commands;
        this.fatal = fatal;
    }

    /** Counts a connection in, or returns the limit that it would break. */
    String admit(InetAddress from) {
        if (settings.totalMax() > 0 && open >= settings.totalMax()) {
            return "maxCnxns=" + settings.totalMax();
        }
        int same = perAddress.getOrDefault(from, 0);
        if (settings.perAddressMax() > 0 && same >= settings.perAddressMax()) {
            return "maxClientCnxns=" + settings.perAddressMax();
        }
        perAddress.put(from, same + 1);
        open++;
        return null;
    }

    void leave(InetAddress from) {
        open--;
        perAddress.computeIfPresent(from, (address, count) -> count == 1 ? null : count - 1);
    }

    Client newClient(ClientWriter writer, Channel channel) {
        String address =
                ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress();
        return new Client(writer, ++clientNumber, List.of(new Identity(AclSchemes.IP, address)));
    }

    void opened(ClientHandler handler, Client client) {
        inlet.offer(new Event.ClientCame(client));
        sessionless.put(handler, System.nanoTime());
    }

    void confirmed(ClientHandler handler) {
        sessionless.remove(handler);
    }

    void closed(ClientHandler handler, Client client) {
        sessionless.remove(handler);
        inlet.offer(new Event.ClientGone(client));
    }

    /** Closes what has been connected for the whole time limit without a session. */
    void sweep() {
        long limitNanos = settings.sessionlessMillis() * 1_000_000L;
        long now = System.nanoTime();
        List<ClientHandler> late = new ArrayList<>();
        sessionless.forEach((handler, since) -> {
            if (now - since >= limitNanos) {
                late.add(handler);
            }
        });
        late.forEach(ClientHandler::onSessionless);
    }

    boolean reserveLarge(int bytes) {
        if (largeBytes + bytes > settings.largeRequestsBytesMax()) {
            return false;
        }
        largeBytes += bytes;
        return true;
    }

    void releaseLarge(int bytes) {
        largeBytes -= bytes;
    }

    int open() {
        return open;
    }

    NetSettings settings() {
        return settings;
    }

    Inlet inlet() {
        return inlet;
    }

    ClientQueue queue() {
        return queue;
    }

    RequestDecoder requests() {
        return requests;
    }

    Commands commands() {
        return commands;
    }

    void fatal(Throwable cause) {
        fatal.accept(cause);
    }
}
