package io.quorate.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Owns the encoding of the few requests the driver sends, as complete frames with xid 0 (client protocol, sections 1 to
 * 9). The sender patches the xid at {@link #XID_AT}.
 *
 * <pre>
 * 0        4      8       12
 * | length | xid  | type  | request record ...
 * </pre>
 */
final class Frames {

    static final int XID_AT = 4;
    static final int RECORD_AT = 12;
    static final int REPLY_HEADER_BYTES = 16;
    static final int STAT_BYTES = 68;
    static final int MULTI_HEADER_BYTES = 9;
    static final int CREATE = 1;
    static final int GET_DATA = 4;
    static final int SET_DATA = 5;
    static final int SYNC = 9;
    static final int CHECK = 13;
    static final int MULTI = 14;
    static final int CLOSE_SESSION = -11;

    private static final int FRAME_BYTES_MAX = 1 << 20;
    private static final int PASSWORD_BYTES = 16;
    private static final int ANY_VERSION = -1;
    private static final int ALL_PERMISSIONS = 31;

    private Frames() {}

    /** A request for a new session; the reply carries the readOnly byte. */
    static byte[] connect(int timeoutMillis) {
        ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES_MAX).position(4);
        frame.putInt(0).putLong(0).putInt(timeoutMillis).putLong(0);
        putBytes(frame, new byte[PASSWORD_BYTES]);
        frame.put((byte) 0);
        return finish(frame);
    }

    static byte[] create(String path, byte[] data) {
        ByteBuffer frame = start(CREATE);
        putString(frame, path);
        putBytes(frame, data);
        frame.putInt(1).putInt(ALL_PERMISSIONS);
        putString(frame, "world");
        putString(frame, "anyone");
        frame.putInt(0);
        return finish(frame);
    }

    static byte[] setData(String path, byte[] data) {
        ByteBuffer frame = start(SET_DATA);
        putSetData(frame, path, data);
        return finish(frame);
    }

    static byte[] getData(String path, boolean watch) {
        ByteBuffer frame = start(GET_DATA);
        putString(frame, path);
        frame.put((byte) (watch ? 1 : 0));
        return finish(frame);
    }

    static byte[] sync(String path) {
        ByteBuffer frame = start(SYNC);
        putString(frame, path);
        return finish(frame);
    }

    /** One transaction that sets all {@code paths} to {@code data}. */
    static byte[] multiSetData(List<String> paths, byte[] data) {
        ByteBuffer frame = start(MULTI);
        for (String path : paths) {
            putMultiHeader(frame, SET_DATA, false);
            putSetData(frame, path, data);
        }
        putMultiHeader(frame, -1, true);
        return finish(frame);
    }

    /**
     * A commit of offsets as a member of a group makes it: one transaction that checks its registration and sets all
     * {@code paths}, each only at the version that it knows; all versions are 0.
     */
    static byte[] fencedCommit(String registration, List<String> paths, byte[] offset) {
        ByteBuffer frame = start(MULTI);
        putMultiHeader(frame, CHECK, false);
        putString(frame, registration);
        frame.putInt(0);
        for (String path : paths) {
            putMultiHeader(frame, SET_DATA, false);
            putString(frame, path);
            putBytes(frame, offset);
            frame.putInt(0);
        }
        putMultiHeader(frame, -1, true);
        return finish(frame);
    }

    /** Where in such a commit the versions of the offsets are. */
    static int[] versionsAt(String registration, List<String> paths, byte[] offset) {
        int[] at = new int[paths.size()];
        int end = RECORD_AT + MULTI_HEADER_BYTES + 4 + registration.length() + 4;
        for (int i = 0; i < at.length; i++) {
            end += MULTI_HEADER_BYTES + 4 + paths.get(i).length() + 4 + offset.length;
            at[i] = end;
            end += 4;
        }
        return at;
    }

    static byte[] closeSession() {
        return finish(start(CLOSE_SESSION));
    }

    /** Payload bytes of the reply to a setData. */
    static int setDataReplyBytes() {
        return REPLY_HEADER_BYTES + STAT_BYTES;
    }

    /** Payload bytes of the reply to a getData of a node with {@code dataBytes} of data. */
    static int getDataReplyBytes(int dataBytes) {
        return REPLY_HEADER_BYTES + 4 + dataBytes + STAT_BYTES;
    }

    /** Payload bytes of the reply to a create of {@code path}. */
    static int createReplyBytes(String path) {
        return REPLY_HEADER_BYTES + 4 + path.length();
    }

    /** Payload bytes of the reply to a multi of {@code count} setData that succeeded; one that failed is shorter. */
    static int multiSetDataReplyBytes(int count) {
        return REPLY_HEADER_BYTES + count * (MULTI_HEADER_BYTES + STAT_BYTES) + MULTI_HEADER_BYTES;
    }

    /** Payload bytes of the reply to a commit of {@code count} offsets that succeeded. */
    static int fencedCommitReplyBytes(int count) {
        return MULTI_HEADER_BYTES + multiSetDataReplyBytes(count);
    }

    private static ByteBuffer start(int type) {
        return ByteBuffer.allocate(FRAME_BYTES_MAX).position(8).putInt(type);
    }

    private static byte[] finish(ByteBuffer frame) {
        frame.putInt(0, frame.position() - 4);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    private static void putSetData(ByteBuffer frame, String path, byte[] data) {
        putString(frame, path);
        putBytes(frame, data);
        frame.putInt(ANY_VERSION);
    }

    private static void putMultiHeader(ByteBuffer frame, int type, boolean done) {
        frame.putInt(type).put((byte) (done ? 1 : 0)).putInt(-1);
    }

    private static void putString(ByteBuffer frame, String text) {
        putBytes(frame, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void putBytes(ByteBuffer frame, byte[] bytes) {
        frame.putInt(bytes.length).put(bytes);
    }
}
