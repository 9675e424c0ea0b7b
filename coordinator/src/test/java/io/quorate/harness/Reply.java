package io.quorate.harness;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.proto.Response;

/**
 * One answer of the server.
 *
 * @param zxid what the header says
 * @param err 0 for success
 * @param body null when there is none
 */
public record Reply(int xid, long zxid, int err, Response body) {

    /** The error of the request: that of its first failed part for a multi. */
    public int error() {
        if (body instanceof MultiResponse multi) {
            return multi.results().stream()
                    .mapToInt(MultiResult::err)
                    .filter(part -> part != 0)
                    .findFirst()
                    .orElse(err);
        }
        return err;
    }

    /** True if the header says so. */
    public boolean isError(ErrorCode code) {
        return err == code.code();
    }
}
