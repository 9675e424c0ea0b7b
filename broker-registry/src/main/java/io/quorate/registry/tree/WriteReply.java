package io.quorate.registry.tree;

import io.quorate.wire.proto.ErrorCode;
import java.util.List;

/**
 * What came of a transaction.
 *
 * @param error OK if all of it was carried out; else nothing was, unless {@link #isUnknown}
 * @param index of the part that failed; -1 if it was not one of them
 * @param isUnknown whether nobody can say if it was carried out: the answer was lost
 * @param results one for each part, if all of it was carried out
 * @param zxid of the transaction, if it was carried out
 */
public record WriteReply(ErrorCode error, int index, boolean isUnknown, List<Written> results, long zxid) {
    public static WriteReply done(List<Written> results, long zxid) {
        return new WriteReply(ErrorCode.OK, -1, false, results, zxid);
    }

    /** One part failed, so nothing was changed. */
    public static WriteReply refused(ErrorCode error, int index) {
        return new WriteReply(error, index, false, List.of(), -1);
    }

    /** There was no answer. */
    public static WriteReply lost(ErrorCode error, boolean isUnknown) {
        return new WriteReply(error, -1, isUnknown, List.of(), -1);
    }

    public boolean isOk() {
        return error == ErrorCode.OK;
    }

    /** Whether a part was refused by the server, with this error. */
    public boolean isRefused(ErrorCode with) {
        return index >= 0 && error == with;
    }
}
