package io.quorate.sim.check;

import io.quorate.wire.proto.Response;

/**
 * What a client was answered.
 *
 * @param zxid in the header of the reply
 * @param err 0, or why not
 * @param body null where the reply is a header alone
 * @param epoch in which the server that answered serves
 */
public record Answer(long zxid, int err, Response body, long epoch) {}
