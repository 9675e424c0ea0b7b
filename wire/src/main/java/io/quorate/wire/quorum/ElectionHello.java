package io.quorate.wire.quorum;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/**
 * The first message on a connection to the election port, from the server that connected (quorum protocol specification,
 * section 2.2).
 *
 * <pre>
 *   long version, negative | long sid | int length | so many bytes: host:port, or several of them with | between
 *   long sid, not negative, and nothing else: before 3.5
 * </pre>
 *
 * @param version {@link #ONE_ADDRESS} or {@link #MANY_ADDRESSES}; {@link #NO_ADDRESS} for the oldest form
 * @param sid server id; {@link #ANONYMOUS_OBSERVER} for one that has none
 * @param addresses where the sender's election port can be reached; those that name no host are not among them, so it may be
 *     empty, and the receiver is to use its own configuration
 */
public record ElectionHello(long version, long sid, List<Address> addresses) {
    /** The version with one address; every server since 3.5 takes it. */
    public static final long ONE_ADDRESS = -65536;

    /** The version with one or more addresses; for {@code multiAddress.enabled}. */
    public static final long MANY_ADDRESSES = -65535;

    /** Stands for the form that has neither version nor address. */
    public static final long NO_ADDRESS = 0;

    /** Server id of observers that have none; the receiver invents one. */
    public static final long ANONYMOUS_OBSERVER = Long.MAX_VALUE;

    /** Answer when the message is not all there yet. */
    public static final int MORE = -1;

    /** The greatest length of the text with the addresses, in bytes. */
    public static final int TEXT_BYTES_MAX = 2048;

    private static final int FIXED_BYTES = 2 * Long.BYTES + Integer.BYTES;
    private static final int PORT_MAX = 0xffff;
    private static final int PORT_DIGITS_MAX = 5;
    private static final String WILDCARD_CHARACTERS = "0.:";

    /**
     * A place to connect to.
     *
     * @param host name or literal; an IPv6 literal without its brackets
     * @param port 0 to 65535
     */
    public record Address(String host, int port) {
        /** As on the wire: {@code host:port}, with brackets around what holds a colon itself. */
        @Override
        public String toString() {
            return (host.indexOf(':') < 0 ? host : '[' + host + ']') + ':' + port;
        }

        /** Whether this means all addresses of the sender's machine, which leads nobody to it: 0.0.0.0, ::, and the like. */
        private boolean isWildcard() {
            return host.chars().allMatch(character -> WILDCARD_CHARACTERS.indexOf(character) >= 0);
        }
    }

    /**
     * How many bytes the message at {@code offset} is long, or {@link #MORE}.
     *
     * @param available bytes that have arrived, counted from {@code offset}
     * @throws MalformedException when it is of no known version, or its text is too long; the connection is to be closed
     */
    public static int length(DirectBuffer buffer, int offset, int available) {
        if (available < Long.BYTES) {
            return MORE;
        }
        if (checkedVersion(buffer.getLong(offset, BIG_ENDIAN)) >= 0) {
            return Long.BYTES;
        }
        if (available < FIXED_BYTES) {
            return MORE;
        }
        int length = FIXED_BYTES + checkedTextLength(buffer.getInt(offset + 2 * Long.BYTES, BIG_ENDIAN));
        return available < length ? MORE : length;
    }

    /**
     * Decodes one.
     *
     * @throws MalformedException as {@link #length}, and when the text holds anything but addresses
     */
    public static ElectionHello read(JuteReader reader) {
        long version = checkedVersion(reader.readLong());
        if (version >= 0) {
            return new ElectionHello(NO_ADDRESS, version, List.of());
        }
        long sid = reader.readLong();
        int lengthAt = reader.position();
        checkedTextLength(reader.readInt());
        String text = new String(reader.position(lengthAt).readBuffer(), UTF_8);
        return new ElectionHello(version, sid, addresses(text));
    }

    /** Encodes this; a message with addresses must be given to the network in one piece. */
    public void write(JuteWriter writer) {
        if (version == NO_ADDRESS) {
            writer.writeLong(sid);
            return;
        }
        writer.writeLong(version);
        writer.writeLong(sid);
        String text = addresses.stream().map(Address::toString).collect(Collectors.joining("|"));
        writer.writeBuffer(text.getBytes(UTF_8));
    }

    private static long checkedVersion(long version) {
        if (version < 0 && version != ONE_ADDRESS && version != MANY_ADDRESSES) {
            throw new MalformedException("version " + version + " of the first message of an election");
        }
        return version;
    }

    private static int checkedTextLength(int length) {
        if (length < 1 || length > TEXT_BYTES_MAX) {
            throw new MalformedException("addresses of " + length + " bytes, limit " + TEXT_BYTES_MAX);
        }
        return length;
    }

    /** Both versions may hold several addresses. */
    private static List<Address> addresses(String text) {
        List<Address> addresses = new ArrayList<>();
        for (String part : text.split("\\|", -1)) {
            Address address = address(part);
            if (!address.isWildcard()) {
                addresses.add(address);
            }
        }
        return List.copyOf(addresses);
    }

    private static Address address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, Math.max(colon, 0));
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        if (isBracketed) {
            host = host.substring(1, host.length() - 1);
        }
        if (!host.matches(isBracketed ? "[^\\[\\]]+" : "[^\\[\\]:]+")) {
            throw new MalformedException("no address: " + text);
        }
        return new Address(host, port(text, colon + 1));
    }

    private static int port(String text, int start) {
        String digits = text.substring(start);
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= PORT_DIGITS_MAX
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int port = isNumber ? Integer.parseInt(digits) : PORT_MAX + 1;
        if (port > PORT_MAX) {
            throw new MalformedException("no port: " + text);
        }
        return port;
    }
}
