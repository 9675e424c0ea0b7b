package io.quorate.coordinator.op;

import io.quorate.wire.proto.Request;

/** Answers one kind of read from committed state, and registers the watch it asks for in the same step. */
interface ReadOp {

    Outcome read(Request request, ReadContext<?> context);
}
