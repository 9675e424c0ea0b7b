package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One part of a multi or multiRead (client-protocol section 9.1).
 *
 * <pre>int type | boolean done = 0 | int err = -1 | record of that type</pre>
 *
 * @param type the operation code as it was sent: creation modes are not normalised here
 */
public record MultiOp(int type, Request request) {
    /** Encodes this with its header. */
    public void write(JuteWriter writer) {
        new MultiHeader(type, false, MultiHeader.NO_ERR).write(writer);
        request.write(writer);
    }

    static List<MultiOp> readAll(JuteReader reader, boolean writes) {
        List<MultiOp> ops = new ArrayList<>();
        for (MultiHeader header = MultiHeader.read(reader); !header.done(); header = MultiHeader.read(reader)) {
            OpCode op = OpCode.of(header.type());
            if (op == null || !(writes ? isWrite(op) : isRead(op))) {
                throw new MalformedException("operation " + header.type() + " inside a multi");
            }
            ops.add(new MultiOp(header.type(), Requests.read(op, reader)));
        }
        return Collections.unmodifiableList(ops);
    }

    static void writeAll(JuteWriter writer, List<MultiOp> ops) {
        for (MultiOp op : ops) {
            op.write(writer);
        }
        MultiHeader.END.write(writer);
    }

    // A multi inside a multi is in neither list, so decoding cannot recurse.
    private static boolean isWrite(OpCode op) {
        return op == OpCode.CREATE
                || op == OpCode.CREATE2
                || op == OpCode.CREATE_CONTAINER
                || op == OpCode.CREATE_TTL
                || op == OpCode.DELETE
                || op == OpCode.SET_DATA
                || op == OpCode.CHECK;
    }

    private static boolean isRead(OpCode op) {
        return op == OpCode.GET_DATA || op == OpCode.GET_CHILDREN;
    }
}
