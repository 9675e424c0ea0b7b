package io.quorate.coordinator.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One {@code server.N} line: where a member of an ensemble is reached (configuration, section 3).
 *
 * <pre>
 * server.sid = host:quorumPort:electionPort[:role][|host:quorumPort:electionPort[:role]]* [;[clientHost:]clientPort]
 * </pre>
 *
 * @param sid the number of the member
 * @param addresses at least one
 * @param client where clients reach the member, if the line says so
 */
record ServerLine(long sid, List<Address> addresses, Role role, Optional<ClientAddress> client) {

    private static final String FORM = "host:quorumPort:electionPort[:participant|observer][;[clientHost:]clientPort]";

    /** What a member may do in an ensemble. */
    enum Role {
        PARTICIPANT,
        OBSERVER
    }

    /** The two ports of a member on one of its addresses. */
    record Address(String host, int quorumPort, int electionPort) {

        @Override
        public String toString() {
            return bracketed(host) + ":" + quorumPort + ":" + electionPort;
        }
    }

    /** Where clients connect; {@code host} is {@code 0.0.0.0} for all interfaces. */
    record ClientAddress(String host, int port) {

        @Override
        public String toString() {
            return bracketed(host) + ":" + port;
        }
    }

    /** IPv6 literals are written in full, as ZooKeeper does. */
    private static String bracketed(String host) {
        if (host.indexOf(':') < 0) {
            return host;
        }
        try {
            return "[" + InetAddress.getByName(host).getHostAddress() + "]";
        } catch (UnknownHostException e) {
            return "[" + host + "]";
        }
    }

    /** As a line says it, with the role once, behind the addresses, and those in the order of their hosts. */
    @Override
    public String toString() {
        String places = addresses.stream()
                .sorted(Comparator.comparing(Address::host))
                .map(Address::toString)
                .collect(Collectors.joining("|"));
        return places + ":" + role.name().toLowerCase(Locale.ROOT)
                + client.map(address -> ";" + address).orElse("");
    }

    /** Reads a line; throws {@link IllegalArgumentException} with the reason if it is malformed. */
    static ServerLine parse(String key, String value) {
        long sid = sid(key);
        List<String> halves = List.of(value.split(";", -1));
        require(halves.size() <= 2, "more than one ';'");
        List<Address> addresses = new ArrayList<>();
        Optional<Role> role = Optional.empty();
        for (String part : halves.get(0).split("\\|", -1)) {
            List<String> fields = fields(part.trim());
            require(fields.size() == 3 || fields.size() == 4, "'" + part.trim() + "' is not " + FORM);
            addresses.add(address(fields));
            if (fields.size() == 4) {
                Role here = role(fields.get(3));
                require(role.isEmpty() || role.get() == here, "its addresses have different roles");
                role = Optional.of(here);
            }
        }
        Optional<ClientAddress> client =
                halves.size() == 2 ? Optional.of(client(halves.get(1).trim())) : Optional.empty();
        return new ServerLine(sid, List.copyOf(addresses), role.orElse(Role.PARTICIPANT), client);
    }

    private static long sid(String key) {
        String digits = key.substring(key.indexOf('.') + 1);
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + digits + "' is not a number", e);
        }
    }

    private static Address address(List<String> fields) {
        int quorumPort = port(fields.get(1));
        int electionPort = port(fields.get(2));
        require(quorumPort != electionPort, "the quorum port and the election port must be different");
        return new Address(fields.get(0), quorumPort, electionPort);
    }

    private static ClientAddress client(String text) {
        List<String> fields = fields(text);
        require(fields.size() == 1 || fields.size() == 2, "'" + text + "' is not [clientHost:]clientPort");
        boolean bare = fields.size() == 1;
        return new ClientAddress(bare ? "0.0.0.0" : fields.get(0), port(fields.get(bare ? 0 : 1)));
    }

    private static Role role(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "participant" -> Role.PARTICIPANT;
            case "observer" -> Role.OBSERVER;
            default -> throw new IllegalArgumentException(
                    "'" + text + "' is not a role; write participant or observer");
        };
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            require(port > 0 && port <= 65_535, "'" + text + "' is not a port from 1 to 65535");
            return port;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a port from 1 to 65535", e);
        }
    }

    /** Splits at colons, but not inside the brackets around an IPv6 address; the brackets go. */
    private static List<String> fields(String text) {
        if (!text.startsWith("[")) {
            return List.of(text.split(":", -1));
        }
        int end = text.indexOf(']');
        require(end > 0, "'" + text + "' has a '[' without a ']'");
        List<String> fields = new ArrayList<>();
        fields.add(text.substring(1, end));
        String rest = text.substring(end + 1);
        if (!rest.isEmpty()) {
            require(rest.startsWith(":"), "'" + text + "' needs a ':' after the ']'");
            fields.addAll(List.of(rest.substring(1).split(":", -1)));
        }
        return fields;
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
