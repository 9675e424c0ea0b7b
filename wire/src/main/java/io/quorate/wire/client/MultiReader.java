package io.quorate.wire.client;

import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.StatResponse;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the results of a multi or multiRead (client-protocol section 9.2).
 *
 * @param paths of the parts, as the client named them
 * @param failsAsAWhole whether one failed part is the failure of all
 */
record MultiReader(Chroot chroot, List<String> paths, boolean failsAsAWhole) implements ReplyReader<MultiOutcome> {
    @Override
    public MultiOutcome read(Response response, long zxid) {
        List<OpResult> results = new ArrayList<>();
        for (MultiResult result : ((MultiResponse) response).results()) {
            results.add(read(result));
        }
        if (results.size() != paths.size()) {
            throw new MalformedException(results.size() + " results for " + paths.size() + " operations");
        }
        if (failsAsAWhole) {
            throwFailure(results);
        }
        return new MultiOutcome(List.copyOf(results), zxid);
    }

    /** Those behind the part that failed carry an error, too; the first one tells. */
    private void throwFailure(List<OpResult> results) {
        for (int i = 0; i < results.size(); i++) {
            if (!results.get(i).isOk()) {
                throw new CoordinatorException.MultiFailed(i, paths.get(i), List.copyOf(results));
            }
        }
    }

    private OpResult read(MultiResult result) {
        if (result.err() != 0) {
            return OpResult.failed(error(result.err()));
        }
        if (result.response() instanceof CreateResponse created) {
            return new OpResult(ErrorCode.OK, chroot.toClient(created.path()), null, null, null);
        } else if (result.response() instanceof Create2Response created) {
            return new OpResult(ErrorCode.OK, chroot.toClient(created.path()), null, created.stat(), null);
        } else if (result.response() instanceof StatResponse changed) {
            return new OpResult(ErrorCode.OK, null, null, changed.stat(), null);
        } else if (result.response() instanceof GetDataResponse data) {
            return new OpResult(ErrorCode.OK, null, data.data(), data.stat(), null);
        } else if (result.response() instanceof GetChildrenResponse children) {
            return new OpResult(ErrorCode.OK, null, null, null, Calls.required(children.children()));
        }
        return new OpResult(ErrorCode.OK, null, null, null, null);
    }

    /** The error with this number. */
    static ErrorCode error(int code) {
        ErrorCode error = ErrorCode.of(code);
        if (error == null) {
            throw new MalformedException("error code " + code);
        }
        return error;
    }
}
