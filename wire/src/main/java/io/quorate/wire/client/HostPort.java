package io.quorate.wire.client;

/** Where a server listens, unresolved. */
record HostPort(String host, int port) {
    private static final int PORT_DEFAULT = 2181;
    private static final int PORT_MAX = 65_535;

    /** Reads {@code host}, {@code host:port}, {@code [v6 address]} or {@code [v6 address]:port}. */
    static HostPort parse(String text) {
        int bracket = text.startsWith("[") ? text.indexOf(']') : 0;
        int colon = text.indexOf(':', Math.max(bracket, 0));
        String host = colon < 0 ? text : text.substring(0, colon);
        if (bracket < 0 || host.isEmpty() || (bracket > 0 && host.length() != bracket + 1)) {
            throw new IllegalArgumentException("no host and port: " + text);
        }
        String bare = bracket > 0 ? host.substring(1, bracket) : host;
        return new HostPort(bare, colon < 0 ? PORT_DEFAULT : port(text, text.substring(colon + 1)));
    }

    private static int port(String text, String digits) {
        try {
            int port = Integer.parseInt(digits);
            if (port > 0 && port <= PORT_MAX) {
                return port;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("no port in " + text, e);
        }
        throw new IllegalArgumentException("no port in " + text);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
    }
}
