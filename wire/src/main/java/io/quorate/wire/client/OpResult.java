package io.quorate.wire.client;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.Stat;
import java.util.List;

/**
 * What became of one part of a multi or multiRead. What does not belong to its kind is null.
 *
 * @param error {@link ErrorCode#OK} for success. In a multi that failed: OK for the parts before the one that failed, which
 *     were rolled back, and {@link ErrorCode#RUNTIME_INCONSISTENCY} for those behind it, which were not tried
 * @param path of a node that was created
 * @param data of getData; may be null there, too
 * @param stat of getData and setData; of create when the server sends it
 * @param children of getChildren: names, not paths
 */
public record OpResult(ErrorCode error, String path, byte[] data, Stat stat, List<String> children) {
    /** Whether this part succeeded (and, in a multi, the others did). */
    public boolean isOk() {
        return error == ErrorCode.OK;
    }

    static OpResult failed(ErrorCode error) {
        return new OpResult(error, null, null, null, null);
    }
}
