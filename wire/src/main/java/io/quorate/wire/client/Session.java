package io.quorate.wire.client;

import java.util.Arrays;

/**
 * What a client needs to take over a session: {@link ClientBuilder#resume}.
 *
 * @param id as the server gave it
 * @param password as the server gave it, 16 bytes; copied on the way in and out
 */
public record Session(long id, byte[] password) {
    public Session {
        password = password.clone();
    }

    @Override
    public byte[] password() {
        return password.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Session that && id == that.id && Arrays.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(id);
    }

    /** The id in hexadecimal; the password is a secret. */
    @Override
    public String toString() {
        return "session 0x" + Long.toHexString(id);
    }
}
