package io.quorate.coordinator.op;

import io.quorate.wire.proto.EmptyResponse;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Response;

/** What a request is answered with: an error code of the protocol, and a body, which is null where none is sent. */
public record Outcome(int err, Response body) {

    public static final Outcome DONE = new Outcome(0, EmptyResponse.INSTANCE);

    static Outcome of(Response body) {
        return new Outcome(0, body);
    }

    public static Outcome of(ErrorCode error) {
        return new Outcome(error.code(), null);
    }
}
