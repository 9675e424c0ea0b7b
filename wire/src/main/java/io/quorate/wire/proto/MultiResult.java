package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;

/**
 * What became of one part of a multi (client-protocol section 9.2).
 *
 * <pre>int type | boolean done = 0 | int err | record of that type</pre>
 *
 * @param type 1, 2, 4, 5, 8, 13 or 15 for success, -1 for an error
 * @param err 0, or the error code
 * @param response the record of that type; an {@link ErrorResponse} with the same code for type -1
 */
public record MultiResult(int type, int err, Response response) {
    /** The result of a part that failed, or was rolled back or not tried because another failed. */
    public static MultiResult error(int err) {
        return new MultiResult(OpCode.ERROR.code(), err, new ErrorResponse(err));
    }

    /** The result of a part that succeeded. */
    public static MultiResult success(OpCode type, Response response) {
        return new MultiResult(type.code(), ErrorCode.OK.code(), response);
    }

    /** Encodes this with its header. */
    public void write(JuteWriter writer) {
        new MultiHeader(type, false, err).write(writer);
        response.write(writer);
    }

    static MultiResult read(MultiHeader header, JuteReader reader) {
        OpCode op = OpCode.of(header.type());
        if (op == null || !isResult(op)) {
            throw new MalformedException("result of type " + header.type() + " inside a multi");
        }
        return new MultiResult(header.type(), header.err(), Responses.read(op, reader));
    }

    // A multi inside a multi is not in the list, so decoding cannot recurse.
    private static boolean isResult(OpCode op) {
        return op == OpCode.ERROR
                || op == OpCode.CREATE
                || op == OpCode.CREATE2
                || op == OpCode.DELETE
                || op == OpCode.SET_DATA
                || op == OpCode.CHECK
                || op == OpCode.GET_DATA
                || op == OpCode.GET_CHILDREN;
    }
}
