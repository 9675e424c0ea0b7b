package io.quorate.wire.client;

/**
 * A proof of identity that every connection presents.
 *
 * @param auth copied on the way in
 */
record Credentials(String scheme, byte[] auth) {
    Credentials {
        auth = auth.clone();
    }

    /** Not the proof, which is a secret. */
    @Override
    public String toString() {
        return scheme;
    }
}
