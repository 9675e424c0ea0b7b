package io.quorate.coordinator.op;

import io.quorate.wire.proto.GetEphemeralsRequest;
import io.quorate.wire.proto.GetEphemeralsResponse;
import io.quorate.wire.proto.Request;
import java.util.ArrayList;
import java.util.List;

/** Lists the caller's ephemerals whose path begins with a text (client-protocol 8.15). */
final class GetEphemeralsOp implements ReadOp {

    @Override
    public Outcome read(Request request, ReadContext<?> context) {
        String prefix = ((GetEphemeralsRequest) request).prefixPath();
        boolean all = prefix == null || prefix.isBlank() || prefix.equals("/");
        List<String> paths = new ArrayList<>();
        for (String path : context.sessions().ephemerals(context.caller().session())) {
            if (all || path.startsWith(prefix)) {
                paths.add(path);
            }
        }
        return Outcome.of(new GetEphemeralsResponse(paths));
    }
}
