package io.quorate.crash;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A session with two ephemeral nodes that ends in one of the ways sessions end.
 *
 * @param fate what became of it before the server died
 */
record Visitor(RawSession session, RawSession.Ticket ticket, List<String> paths, Fate fate) {

    /** How a session was left. */
    enum Fate {
        /** The end was acknowledged. */
        ENDED,
        /** The end was asked for, without waiting. */
        ENDING,
        /** The connection was open when the server died. */
        OPEN
    }

    private static final int EPHEMERAL = 1;

    static Visitor come(InetSocketAddress address, String name, int timeoutMillis, Fate fate) throws IOException {
        RawSession session = RawSession.open(address, timeoutMillis);
        List<String> paths = List.of("/" + name + "-a", "/" + name + "-b");
        for (String path : paths) {
            Reply reply = session.call(OpCode.CREATE, new CreateRequest(path, new byte[0], Acl.OPEN_UNSAFE, EPHEMERAL));
            if (reply.err() != 0) {
                throw new AssertionError(path + " was not created: " + reply);
            }
        }
        if (fate == Fate.ENDED) {
            session.end();
        } else if (fate == Fate.ENDING) {
            int ignored = session.send(OpCode.CLOSE_SESSION, EmptyRequest.INSTANCE);
            assert ignored > 0;
        }
        return new Visitor(session, session.ticket(), paths, fate);
    }
}
