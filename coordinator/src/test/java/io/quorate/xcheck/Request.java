package io.quorate.xcheck;

import java.nio.ByteBuffer;
import java.util.Set;

/**
 * One request as the generator made it.
 *
 * @param body the record behind the header
 * @param text the request for people
 * @param ends whether the server closes the connection after its reply
 */
record Request(int xid, int type, byte[] body, String text, boolean ends) {

    private static final Set<Integer> SILENT = Set.of(
            Op.EXISTS,
            Op.GET_DATA,
            Op.GET_ACL,
            Op.GET_CHILDREN,
            Op.GET_CHILDREN2,
            Op.SYNC,
            Op.PING,
            Op.CHECK_WATCHES,
            Op.REMOVE_WATCHES,
            Op.MULTI_READ,
            Op.AUTH,
            Op.SASL,
            Op.GET_EPHEMERALS,
            Op.GET_ALL_CHILDREN_NUMBER,
            Op.SET_WATCHES,
            Op.SET_WATCHES2,
            Op.ADD_WATCH,
            Op.WHO_AM_I);

    /** Whether other sessions may get events because of it. */
    boolean mayFireWatches() {
        return !SILENT.contains(type);
    }

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
