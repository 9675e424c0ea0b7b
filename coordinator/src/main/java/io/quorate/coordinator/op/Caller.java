package io.quorate.coordinator.op;

import io.quorate.wire.proto.Identity;
import java.util.List;

/** On whose behalf something is done: a session (0 for the server itself) and what its connection has proved to be. */
public record Caller(long session, List<Identity> identities) {}
