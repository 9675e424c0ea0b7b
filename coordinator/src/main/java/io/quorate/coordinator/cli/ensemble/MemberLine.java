package io.quorate.coordinator.cli.ensemble;

import io.quorate.coordinator.cli.link.ServerAddress;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One member as the configuration of an ensemble names it. Pure.
 *
 * <pre>server.3=host:quorum port:election port:participant;client host:client port</pre>
 *
 * @param host of its quorum port
 * @param clientOrNull where clients find it, if the line says so
 */
record MemberLine(long id, String host, boolean observer, ServerAddress clientOrNull) {

    private static final Pattern LINE = Pattern.compile(
            "server\\.(\\d+)=(\\[[^]]+]|[^:;\\[]+):\\d+:\\d+(:participant|:observer)?[^;]*(?:;(?:(.*):)?(\\d+))?");

    /** The members that lines of {@code /zookeeper/config} or of the four-letter word {@code conf} name. */
    static List<MemberLine> parse(String text) {
        return text.lines()
                .map(line -> LINE.matcher(line.strip()))
                .filter(Matcher::matches)
                .map(MemberLine::of)
                .filter(Objects::nonNull)
                .toList();
    }

    private static MemberLine of(Matcher line) {
        String host = bare(line.group(2));
        String port = line.group(5);
        ServerAddress client =
                port == null ? null : new ServerAddress(reachable(line.group(4), host), Integer.parseInt(port));
        return new MemberLine(Long.parseLong(line.group(1)), host, ":observer".equals(line.group(3)), client);
    }

    /** A server that listens on all interfaces is found where its quorum port is. */
    private static String reachable(String clientHostOrNull, String host) {
        if (clientHostOrNull == null) {
            return host;
        }
        String client = bare(clientHostOrNull);
        return client.equals("0.0.0.0") || client.matches("[0:]+") ? host : client;
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
