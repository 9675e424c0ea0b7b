package io.quorate.coordinator.op;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiReadRequest;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import java.util.ArrayList;
import java.util.List;

/** Answers several reads at one state. They never set watches, and one that fails does not fail the others. */
final class MultiReadOp implements ReadOp {

    @Override
    public Outcome read(Request request, ReadContext<?> context) {
        List<MultiResult> results = new ArrayList<>();
        for (MultiOp part : ((MultiReadRequest) request).ops()) {
            OpCode op = OpCode.of(part.type());
            if (pathOf(part.request()) == null) {
                return new Outcome(ErrorCode.MARSHALLING_ERROR.code(), new MultiResponse(List.of()));
            }
            Outcome outcome = Ops.read(op, withoutWatch(part.request()), context);
            results.add(
                    outcome.err() == 0
                            ? new MultiResult(part.type(), 0, outcome.body())
                            : new MultiResult(OpCode.ERROR.code(), outcome.err(), new ErrorResponse(outcome.err())));
        }
        return Outcome.of(new MultiResponse(results));
    }

    private static Request withoutWatch(Request request) {
        if (request instanceof GetDataRequest get) {
            return new GetDataRequest(get.path(), false);
        }
        return new GetChildrenRequest(((GetChildrenRequest) request).path(), false);
    }

    private static String pathOf(Request request) {
        return request instanceof GetDataRequest get ? get.path() : ((GetChildrenRequest) request).path();
    }
}
