package io.quorate.bench;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Owns the endless sequence of requests of one connection: encoded frames sent in turn, and the length each reply must
 * have. Confined to the driver's thread.
 */
final class Requests {

    /** Decimal digits at the end of a created path, enough for any run. */
    static final int COUNTER_DIGITS = 10;

    private static final int NO_COUNTER = -1;

    private final byte[][] frames;
    private final int[] replyBytes;
    private final int counterEnd;
    private int nextFrame;
    private int nextReply;

    private Requests(List<byte[]> frames, List<Integer> replyBytes, int counterEnd, int first) {
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
