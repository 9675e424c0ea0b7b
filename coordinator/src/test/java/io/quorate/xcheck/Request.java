package io.quorate.xcheck;

import java.nio.ByteBuffer;

/**
 * One request as the generator made it.
 *
 * @param body the record behind the header
 * @param text the request for people
 * @param ends whether the server closes the connection after its reply
 */
record Request(int xid, int type, byte[] body, String text, boolean ends) {

    /**
     * The whole frame.
     *
     * @param lastZxid the last zxid known: a relativeZxid of setWatches from -1000 to -1 is counted back from it
     */
    byte[] frame(long lastZxid) {
        return Encoder.frame(
                new Encoder().int32(xid).int32(type).raw(bodyAt(lastZxid)).bytes());
    }

    private byte[] bodyAt(long lastZxid) {
        boolean watches = type == Op.SET_WATCHES || type == Op.SET_WATCHES2;
        if (!watches || body.length < Long.BYTES) {
            return body;
        }
        byte[] copy = body.clone();
        ByteBuffer first = ByteBuffer.wrap(copy);
        long relative = first.getLong(0);
        if (relative < 0 && relative >= -1000) {
            first.putLong(0, lastZxid + relative);
        }
        return copy;
    }

    @Override
    public String toString() {
        return "xid " + xid + " " + text;
    }
}
