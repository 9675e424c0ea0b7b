package io.quorate.xcheck;

import java.util.Random;

/**
 * A ConnectRequest of client-protocol section 4.1.
 *
 * @param timeoutMillis the timeout asked for
 * @param sessionId 0 for a new session
 * @param password null is sent as length -1
 * @param readOnlyByte whether the optional last byte is sent
 */
record Handshake(long lastZxidSeen, int timeoutMillis, long sessionId, byte[] password, boolean readOnlyByte) {

    private static final long SUPER_SECRET = 0xB3415C00L;

    static Handshake fresh(int timeoutMillis) {
        return new Handshake(0, timeoutMillis, 0, new byte[16], true);
    }

    byte[] frame() {
        Encoder payload = new Encoder()
                .int32(0)
                .int64(lastZxidSeen)
                .int32(timeoutMillis)
                .int64(sessionId)
                .buffer(password);
        return Encoder.frame(readOnlyByte ? payload.bool(false).bytes() : payload.bytes());
    }

    /** The password every server computes for a session, client-protocol section 5.2. */
    static byte[] passwordOf(long sessionId) {
        byte[] password = new byte[16];
        new Random(sessionId ^ SUPER_SECRET).nextBytes(password);
        return password;
    }
}
