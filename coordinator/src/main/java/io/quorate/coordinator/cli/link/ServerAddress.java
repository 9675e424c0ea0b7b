package io.quorate.coordinator.cli.link;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a server listens for clients.
 *
 * @param host a name or an address, without brackets
 */
public record ServerAddress(String host, int port) {

    private static final int PORT_DEFAULT = 2181;

    /** The servers of a connect string {@code host:port,[v6]:port/chroot} that the client has accepted; the chroot is skipped. */
    public static List<ServerAddress> ofConnectString(String connectString) {
        int slash = connectString.indexOf('/');
        String hosts = slash < 0 ? connectString : connectString.substring(0, slash);
        List<ServerAddress> servers = new ArrayList<>();
        for (String host : hosts.split(",", -1)) {
            servers.add(of(host.strip()));
        }
        return servers;
    }

    /** Reads {@code host}, {@code host:port} or {@code [v6]:port}. */
    static ServerAddress of(String text) {
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        String host = hasPort ? text.substring(0, colon) : text;
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new ServerAddress(bare, hasPort ? Integer.parseInt(text.substring(colon + 1)) : PORT_DEFAULT);
    }

    /** The address now; the name is looked up. */
    public InetSocketAddress resolve() {
        return new InetSocketAddress(host, port);
    }

    /** Whether both are one place: equal names, or names of the same address. */
    public boolean isSamePlace(ServerAddress other) {
        if (port != other.port) {
            return false;
        }
        InetSocketAddress mine = resolve();
        return host.equals(other.host)
                || (!mine.isUnresolved()
                        && mine.getAddress().equals(other.resolve().getAddress()));
    }

    /** {@code host:port}, an address of version 6 in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
