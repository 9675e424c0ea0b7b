package io.quorate.groups;

import io.quorate.harness.RawSession;
import io.quorate.wire.proto.OpCode;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Transactions as they were captured on their way, and delivered by somebody else's session. */
final class LateCommit {
    private static final int HEADER_BYTES = 3 * Integer.BYTES;

    private LateCommit() {}

    /** The whole frames with transactions in what a client has sent: length, xid, kind of request, and the rest. */
    static byte[] transactions(byte[] sent) {
        ByteBuffer bytes = ByteBuffer.wrap(sent);
        ByteArrayOutputStream found = new ByteArrayOutputStream();
        while (bytes.remaining() >= HEADER_BYTES) {
            int start = bytes.position();
            int length = bytes.getInt(start);
            if (bytes.remaining() < Integer.BYTES + length) {
                break;
            }
            if (bytes.getInt(start + 2 * Integer.BYTES) == OpCode.MULTI.code()) {
                found.write(sent, start, Integer.BYTES + length);
            }
            bytes.position(start + Integer.BYTES + length);
        }
        return found.toByteArray();
    }

    /** Sends them in a session that is alive, and waits for an answer to each. */
    static void deliver(byte[] transactions, InetSocketAddress server) throws IOException {
        try (RawSession session = RawSession.open(server, 20_000)) {
            session.socket().getOutputStream().write(transactions);
            DataInputStream in = new DataInputStream(session.socket().getInputStream());
            ByteBuffer bytes = ByteBuffer.wrap(transactions);
            while (bytes.hasRemaining()) {
                bytes.position(bytes.position() + Integer.BYTES + bytes.getInt(bytes.position()));
                in.readFully(new byte[in.readInt()]);
            }
        }
    }
}
