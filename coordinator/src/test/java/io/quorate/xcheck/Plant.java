package io.quorate.xcheck;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A mistake that is planted into the frames of a candidate, once, to see that a run finds it. Each constant knows which frame
 * it can spoil.
 */
enum Plant {
    OTHER_ERROR_CODE {
        @Override
        boolean fits(byte[] frame) {
            return isReply(frame) && ByteBuffer.wrap(frame).getInt(ERR) == -101;
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            ByteBuffer.wrap(frame).putInt(ERR, -110);
            return List.of(frame);
        }
    },
    ZXID_ONE_TOO_HIGH {
        @Override
        boolean fits(byte[] frame) {
            return isReply(frame) && ByteBuffer.wrap(frame).getLong(ZXID) > 0;
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            ByteBuffer in = ByteBuffer.wrap(frame);
            in.putLong(ZXID, in.getLong(ZXID) + 1);
            return List.of(frame);
        }
    },
    EVENT_LOST {
        @Override
        boolean fits(byte[] frame) {
            return Layouts.isEvent(frame);
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            return List.of();
        }
    },
    EVENT_TWICE {
        @Override
        boolean fits(byte[] frame) {
            return Layouts.isEvent(frame);
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            return List.of(frame, frame);
        }
    },
    VERSION_ONE_TOO_HIGH {
        @Override
        boolean fits(byte[] frame) {
            return isStatReply(frame);
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            ByteBuffer in = ByteBuffer.wrap(frame);
            in.putInt(STAT_VERSION, in.getInt(STAT_VERSION) + 1);
            return List.of(frame);
        }
    },
    TIME_IN_SECONDS {
        @Override
        boolean fits(byte[] frame) {
            return isStatReply(frame) && ByteBuffer.wrap(frame).getLong(STAT_CTIME) > 0;
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            ByteBuffer in = ByteBuffer.wrap(frame);
            in.putLong(STAT_CTIME, in.getLong(STAT_CTIME) / 1000);
            return List.of(frame);
        }
    },
    OTHER_OWNER {
        @Override
        boolean fits(byte[] frame) {
            return isStatReply(frame) && ByteBuffer.wrap(frame).getLong(STAT_OWNER) != 0;
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            ByteBuffer.wrap(frame).putLong(STAT_OWNER, 0);
            return List.of(frame);
        }
    },
    BYTE_TOO_MUCH {
        @Override
        boolean fits(byte[] frame) {
            return isReply(frame) && ByteBuffer.wrap(frame).getInt(ERR) == 0;
        }

        @Override
        List<byte[]> spoil(byte[] frame) {
            return List.of(Arrays.copyOf(frame, frame.length + 1));
        }
    };

    private static final int ZXID = 4;
    private static final int ERR = 12;
    private static final int HEADER = 16;
    private static final int STAT_CTIME = HEADER + 16;
    private static final int STAT_VERSION = HEADER + 32;
    private static final int STAT_OWNER = HEADER + 44;
    private static final int STAT_BYTES = 68;
    private static final int XID_MAX = 100_000;

    abstract boolean fits(byte[] frame);

    /** What arrives instead of the frame. */
    abstract List<byte[]> spoil(byte[] frame);

    private static boolean isReply(byte[] frame) {
        int xid = ByteBuffer.wrap(frame).getInt();
        return frame.length >= HEADER && xid > 0 && xid < XID_MAX;
    }

    private static boolean isStatReply(byte[] frame) {
        return isReply(frame) && frame.length == HEADER + STAT_BYTES;
    }
}
