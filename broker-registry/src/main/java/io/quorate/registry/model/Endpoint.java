package io.quorate.registry.model;

/**
 * Where a broker listens (registry spec 1.1).
 *
 * @param listener its name; up to version 3 of the body this is the protocol
 * @param protocol PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL; the listener's name if the body does not say
 * @param host without brackets, also for IPv6; may be empty
 * @param port 0 to 65535
 */
public record Endpoint(String listener, String protocol, String host, int port) {
    /** The protocol whose endpoint old clients get. */
    public static final String PLAINTEXT = "PLAINTEXT";

    private static final String SCHEME_END = "://";

    /**
     * Reads {@code NAME://host:port}; the protocol is the name.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static Endpoint parse(String text) {
        int name = text.indexOf(SCHEME_END);
        int colon = text.lastIndexOf(':');
        int host = name + SCHEME_END.length();
        if (name <= 0 || colon < host) {
            throw new IllegalArgumentException("not an endpoint: " + text);
        }
        String listener = text.substring(0, name);
        return new Endpoint(listener, listener, unbracketed(text.substring(host, colon)), port(text, colon + 1));
    }

    private static int port(String text, int from) {
        int port = Integer.parseInt(text.substring(from));
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("not a port: " + text);
        }
        return port;
    }

    private static String unbracketed(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return bracketed ? host.substring(1, host.length() - 1) : host;
    }

    /** The same with another protocol. */
    public Endpoint withProtocol(String other) {
        return new Endpoint(listener, other, host, port);
    }

    /** {@code host:port}, with brackets around IPv6. */
    public String address() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** {@code NAME://host:port}, as it is stored. */
    @Override
    public String toString() {
        return listener + SCHEME_END + address();
    }
}
