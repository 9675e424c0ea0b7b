package io.quorate.coordinator.core;

import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;

/** Orders to one client's connection. They are sent in the order given; the core's thread alone gives them. */
public interface ClientOut {

    /** The session is there; requests behind the connect request may be handed in now. */
    void connected(ConnectResponse response);

    /** Answers a request. {@code body} is null where the frame is a header alone. */
    void reply(int xid, long zxid, int err, Response body);

    /** Sends a watch notification. */
    void event(long zxid, WatchedEvent event);

    /** Closes the connection when all that was ordered has been sent. */
    void close();

    /** The peer's address and the packets counted, for the operator. */
    ConnectionFacts facts();
}
