package io.quorate.wire.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Which servers to reach, and where on them the client's tree begins.
 *
 * <pre>host:port,host:port/chroot</pre>
 *
 * @param hosts at least one, in the order given
 */
record ConnectString(List<HostPort> hosts, Chroot chroot) {
    /**
     * Reads one; the port is 2181 where none is given, an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException with the reason, if it is none
     */
    static ConnectString parse(String text) {
        int slash = text.indexOf('/');
        List<HostPort> hosts = new ArrayList<>();
        for (String host : (slash < 0 ? text : text.substring(0, slash)).split(",", -1)) {
            hosts.add(HostPort.parse(host.strip()));
        }
        return new ConnectString(List.copyOf(hosts), chroot(slash < 0 ? "/" : text.substring(slash)));
    }

    private static Chroot chroot(String path) {
        return path.equals("/") ? Chroot.NONE : new Chroot(Chroot.NONE.toServer(path));
    }
}
