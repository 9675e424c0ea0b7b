package io.quorate.sim;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.Requests;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.Responses;
import io.quorate.wire.proto.WatchedEvent;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;

/** Sends what clients and servers say through the production codecs: what comes back was bytes in between. */
final class ClientCodec {

    private static final int LENGTH_MAX = 1 << 20;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(1024);
    private final JuteWriter writer = new JuteWriter();
    private final JuteReader reader = new JuteReader(LENGTH_MAX);

    private JuteReader through(Consumer<JuteWriter> write) {
        write.accept(writer.wrap(buffer, 0));
        return reader.wrap(buffer, 0, writer.position());
    }

    ConnectRequest pass(ConnectRequest request) {
        return ConnectRequest.read(through(request::write));
    }

    ConnectResponse pass(ConnectResponse response) {
        return ConnectResponse.read(through(response::write));
    }

    Request pass(OpCode op, Request request) {
        return Requests.read(op, through(request::write));
    }

    /** @param op null for an answer with an error, whose body only some operations have */
    Response pass(OpCode op, Response response) {
        return op == null ? response : Responses.read(op, through(response::write));
    }

    WatchedEvent pass(WatchedEvent event) {
        return WatchedEvent.read(through(event::write));
    }
}
