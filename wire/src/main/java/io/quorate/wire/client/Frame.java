package io.quorate.wire.client;

import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One encoded request, ready to be sent once its number is filled in (client-protocol sections 1 and 3.4).
 *
 * <pre>int length | int xid | int type | record</pre>
 *
 * @param bytes longer than the frame, as the encoding left them
 * @param length of the frame, with the four bytes of the length itself
 */
record Frame(byte[] bytes, int length) {
    private static final int XID_AT = Integer.BYTES;
    private static final int TYPE_AT = XID_AT + Integer.BYTES;
    private static final int RECORD_AT = TYPE_AT + Integer.BYTES;

    /** A request with a number. */
    static Frame of(int xid, OpCode op, Request request) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        JuteWriter writer = new JuteWriter().wrap(buffer, RECORD_AT);
        request.write(writer);
        Frame frame = finish(buffer, writer);
        frame.number(xid, op);
        return frame;
    }

    /** The first frame of a connection, which has no header. */
    static Frame of(ConnectRequest request) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        JuteWriter writer = new JuteWriter().wrap(buffer, Integer.BYTES);
        request.write(writer);
        return finish(buffer, writer);
    }

    private static Frame finish(ExpandableArrayBuffer buffer, JuteWriter writer) {
        int length = writer.position();
        writer.writeInt(0, length - Integer.BYTES);
        return new Frame(buffer.byteArray(), length);
    }

    /** The bytes that servers count against their limit. */
    int payloadLength() {
        return length - Integer.BYTES;
    }

    /** Fills in the header. */
    void number(int xid, OpCode op) {
        JuteWriter writer = new JuteWriter().wrap(new UnsafeBuffer(bytes), 0);
        writer.writeInt(XID_AT, xid);
        writer.writeInt(TYPE_AT, op.code());
    }
}
