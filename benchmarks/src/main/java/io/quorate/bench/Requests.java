package io.quorate.bench;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Owns the endless sequence of requests of one connection: encoded frames sent in turn, and the length each reply must
 * have. Confined to the driver's thread.
 */
final class Requests {

    /** Decimal digits at the end of a created path, enough for any run. */
    static final int COUNTER_DIGITS = 10;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int NO_COUNTER = -1;
    private static final int[] NO_VERSIONS = {};

    private final byte[][] frames;
    private final int[] replyBytes;
    private final int counterEnd;
    private final int[] versionsAt;
    private int nextFrame;
    private int nextReply;

    private Requests(List<byte[]> frames, List<Integer> replyBytes, int counterEnd, int first) {
        this(frames, replyBytes, counterEnd, first, NO_VERSIONS);
    }

    private Requests(List<byte[]> frames, List<Integer> replyBytes, int counterEnd, int first, int[] versionsAt) {
        this.versionsAt = versionsAt;
        this.frames = frames.toArray(byte[][]::new);
        this.replyBytes = replyBytes.stream().mapToInt(Integer::intValue).toArray();
        this.counterEnd = counterEnd;
        this.nextFrame = first % frames.size();
        this.nextReply = nextFrame;
    }

    /** The same request again and again. */
    static Requests same(byte[] frame, int replyBytes) {
        return new Requests(List.of(frame), List.of(replyBytes), NO_COUNTER, 0);
    }

    /** The requests in turn, over and over, from number {@code first} on. */
    static Requests cycle(List<byte[]> frames, List<Integer> replyBytes, int first) {
        return new Requests(frames, replyBytes, NO_COUNTER, first);
    }

    /** Creates of {@code folder/0000000001} and so on. */
    static Requests creates(String folder, byte[] data) {
        String path = folder + "/" + "0".repeat(COUNTER_DIGITS);
        int counterEnd = Frames.RECORD_AT + 4 + path.length();
        return new Requests(List.of(Frames.create(path, data)), List.of(Frames.createReplyBytes(path)), counterEnd, 0);
    }

    /** The same request again and again, with the versions at these places raised by one each time. */
    static Requests versioned(byte[] frame, int replyBytes, int[] versionsAt) {
        return new Requests(List.of(frame), List.of(replyBytes), NO_COUNTER, 0, versionsAt);
    }

    /** Appends the next request. */
    void put(ByteBuffer out, int xid) {
        byte[] frame = frames[nextFrame];
        nextFrame = nextFrame + 1 == frames.length ? 0 : nextFrame + 1;
        if (counterEnd != NO_COUNTER) {
            increment(frame, counterEnd);
        }
        int start = out.position();
        out.put(frame);
        out.putInt(start + Frames.XID_AT, xid);
        for (int at : versionsAt) {
            INT.set(frame, at, (int) INT.get(frame, at) + 1);
        }
    }

    /** Payload bytes that the next reply must have. */
    int nextReplyBytes() {
        int bytes = replyBytes[nextReply];
        nextReply = nextReply + 1 == replyBytes.length ? 0 : nextReply + 1;
        return bytes;
    }

    int frameBytesMax() {
        int max = 0;
        for (byte[] frame : frames) {
            max = Math.max(max, frame.length);
        }
        return max;
    }

    int replyBytesMax() {
        int max = 0;
        for (int bytes : replyBytes) {
            max = Math.max(max, bytes);
        }
        return max;
    }

    private static void increment(byte[] frame, int end) {
        int at = end - 1;
        while (frame[at] == '9') {
            frame[at--] = '0';
        }
        frame[at]++;
    }
}
