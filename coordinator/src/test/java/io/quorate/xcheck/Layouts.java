package io.quorate.xcheck;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Knows the layout of every frame a server sends, client-protocol sections 4, 8, 9 and 11. */
final class Layouts {

    private static final int NOTIFICATION_XID = -1;

    private Layouts() {}

    static boolean isEvent(byte[] frame) {
        return frame.length >= Integer.BYTES && ByteBuffer.wrap(frame).getInt() == NOTIFICATION_XID;
    }

    /** Masks a frame that answers a request of the type given, or that is a notification. */
    static Seen reply(int type, byte[] frame, LongUnaryOperator sessions) {
        FrameWalk walk = new FrameWalk(frame, sessions);
        try {
            boolean event = isEvent(frame);
            walk.note(event ? "event:" : Op.name(type) + ":");
            walk.int32("xid");
            long zxid = walk.int64("zxid");
            int err = walk.int32("err");
            if (event) {
                walk.int32("type");
                walk.int32("state");
                walk.buffer("path");
            } else if (err == 0) {
                body(type, walk);
            } else if (type == Op.MULTI_READ) {
                // The reference sends the results it had so far behind the error; clients ignore them, section 6.3.
                walk.ignoreRest();
            }
            walk.rest();
            return walk.seen(event, zxid);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return unreadable(frame, walk);
        }
    }

    /** Masks a ConnectResponse. */
    static Seen connect(byte[] frame, LongUnaryOperator sessions) {
        FrameWalk walk = new FrameWalk(frame, sessions);
        try {
            walk.note("connect:");
            walk.int32("protocolVersion");
            walk.int32("timeOut");
            walk.session("sessionId");
            walk.password("passwd", ByteBuffer.wrap(frame).getLong(2 * Integer.BYTES));
            walk.rest();
            return walk.seen(false, 0);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return unreadable(frame, walk);
        }
    }

    private static Seen unreadable(byte[] frame, FrameWalk walk) {
        String text =
                walk.seen(false, 0).text() + " UNREADABLE " + HexFormat.of().formatHex(frame);
        return new Seen(frame, List.of(), false, 0, text);
    }

    private static void body(int type, FrameWalk walk) {
        switch (type) {
            case Op.CREATE, Op.SYNC -> walk.buffer("path");
            case Op.CREATE2, Op.CREATE_CONTAINER, Op.CREATE_TTL -> {
                walk.buffer("path");
                walk.stat();
            }
            case Op.EXISTS, Op.SET_DATA, Op.SET_ACL -> walk.stat();
            case Op.GET_DATA, Op.RECONFIG -> {
                walk.buffer("data");
                walk.stat();
            }
            case Op.GET_ACL -> {
                walk.acls();
                walk.stat();
            }
            case Op.GET_CHILDREN -> walk.unordered("children", 1);
            case Op.GET_CHILDREN2 -> {
                walk.unordered("children", 1);
                walk.stat();
            }
            case Op.MULTI, Op.MULTI_READ -> results(walk);
            case Op.SASL -> walk.buffer("token");
            case Op.GET_EPHEMERALS -> walk.unordered("ephemerals", 1);
            case Op.GET_ALL_CHILDREN_NUMBER -> walk.int32("totalNumber");
            case Op.ADD_WATCH -> walk.int32("err");
            case Op.WHO_AM_I -> walk.unordered("identities", 2);
            default -> {
                // Nothing follows the header; whatever does is compared as it is.
            }
        }
    }

    private static void results(FrameWalk walk) {
        while (walk.hasMore()) {
            walk.note("|");
            int type = walk.int32("type");
            walk.int8("done");
            int err = walk.int32("err");
            if (type == -1 && walk.hasMore()) {
                walk.int32("code");
            } else if (err == 0) {
                body(type, walk);
            }
        }
    }
}
