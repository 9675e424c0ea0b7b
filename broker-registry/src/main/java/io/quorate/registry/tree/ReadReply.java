package io.quorate.registry.tree;

import io.quorate.wire.proto.ErrorCode;
import java.util.List;

/**
 * What came of reading.
 *
 * @param error OK, or why there is nothing
 * @param nodes one for each read, in order; a missing node is no error
 */
public record ReadReply(ErrorCode error, List<Node> nodes) {
    public static ReadReply of(List<Node> nodes) {
        return new ReadReply(ErrorCode.OK, nodes);
    }

    public static ReadReply failed(ErrorCode error) {
        return new ReadReply(error, List.of());
    }

    public boolean isOk() {
        return error == ErrorCode.OK;
    }
}
