package io.quorate.xcheck;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Walks through the fields of one frame from a server and produces two things at once: the bytes with everything masked that
 * may differ between two correct servers, and a text for people. What it does not know it copies unchanged.
 */
final class FrameWalk {

    private static final int TEXT_BYTES_MAX = 200;

    private final ByteBuffer in;
    private final LongUnaryOperator sessions;
    private final Encoder canonical = new Encoder();
    private final StringBuilder text = new StringBuilder();
    private final List<Long> times = new ArrayList<>();

    /** {@code sessions} turns a session id into a number that is the same on both servers. */
    FrameWalk(byte[] frame, LongUnaryOperator sessions) {
        this.in = ByteBuffer.wrap(frame);
        this.sessions = sessions;
    }

    int int32(String name) {
        int value = in.getInt();
        canonical.int32(value);
        say(name, value);
        return value;
    }

    long int64(String name) {
        long value = in.getLong();
        canonical.int64(value);
        say(name, name.endsWith("xid") ? Long.toHexString(value) : Long.toString(value));
        return value;
    }

    void int8(String name) {
        byte value = in.get();
        canonical.int8(value);
        say(name, value);
    }

    /** A wall-clock time: zero must stay zero, anything else must only be close. */
    void time(String name) {
        long value = in.getLong();
        canonical.int64(value == 0 ? 0 : 1);
        times.add(value);
        say(name, value);
    }

    void session(String name) {
        long value = in.getLong();
        canonical.int64(sessions.applyAsLong(value));
        say(name, Long.toHexString(value));
    }

    byte[] buffer(String name) {
        byte[] value = take();
        canonical.buffer(value);
        say(name, show(value));
        return value;
    }

    /** The password of a session: right for its id, all zero, or neither. */
    void password(String name, long sessionId) {
        byte[] value = take();
        boolean right = value != null && java.util.Arrays.equals(value, Handshake.passwordOf(sessionId));
        canonical.buffer(right ? new byte[] {1} : value);
        say(name, show(value));
    }

    /** A list whose order means nothing; {@code fields} strings make up one element. */
    void unordered(String name, int fields) {
        int count = in.getInt();
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            StringBuilder element = new StringBuilder();
            for (int field = 0; field < fields; field++) {
                element.append(show(take())).append(' ');
            }
            elements.add(element.toString());
        }
        elements.sort(null);
        canonical.int32(count);
        elements.forEach(canonical::string);
        say(name, elements);
    }

    /** An access list. The order of entries that {@code auth} was replaced by is unspecified, all other order counts. */
    void acls() {
        int count = in.getInt();
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add(in.getInt() + " " + show(take()) + " " + show(take()));
        }
        say("acl", entries);
        long digests =
                entries.stream().filter(entry -> entry.contains("digest")).count();
        if (digests > 1) {
            entries.sort(null);
        }
        canonical.int32(count);
        entries.forEach(canonical::string);
    }

    void stat() {
        int64("czxid");
        int64("mzxid");
        time("ctime");
        time("mtime");
        int32("version");
        int32("cversion");
        int32("aversion");
        session("ephemeralOwner");
        int32("dataLength");
        int32("numChildren");
        int64("pzxid");
    }

    boolean hasMore() {
        return in.hasRemaining();
    }

    /** What is left goes over unchanged. */
    void rest() {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        canonical.raw(rest);
        if (rest.length > 0) {
            say("rest", show(rest));
        }
    }

    /** What is left does not count. */
    void ignoreRest() {
        say("ignored", in.remaining() + " bytes");
        in.position(in.limit());
    }

    void note(String words) {
        text.append(words).append(' ');
    }

    /** Ends the walk. */
    Seen seen(boolean event, long zxid) {
        return new Seen(canonical.bytes(), times, event, zxid, text.toString());
    }

    private byte[] take() {
        int length = in.getInt();
        if (length == -1) {
            return null;
        }
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("length " + length + " with " + in.remaining() + " bytes left");
        }
        byte[] value = new byte[length];
        in.get(value);
        return value;
    }

    private void say(String name, Object value) {
        text.append(name).append('=').append(value).append(' ');
    }

    static String show(byte[] value) {
        if (value == null) {
            return "null";
        }
        boolean printable = true;
        for (byte b : value) {
            printable &= b >= 0x20 && b < 0x7f;
        }
        String shown = printable
                ? '"' + new String(value, StandardCharsets.US_ASCII) + '"'
                : HexFormat.of().formatHex(value);
        return shown.length() <= TEXT_BYTES_MAX
                ? shown
                : shown.substring(0, TEXT_BYTES_MAX) + "...(" + value.length + " bytes, hash "
                        + java.util.Arrays.hashCode(value) + ")";
    }
}
