package io.quorate.coordinator.core;

/**
 * What the edge knows of a connection, for the operator.
 *
 * @param address the peer, as {@code /host:port}
 * @param interestOps what its socket is asked for, in the bits of the reference: 1 readable, 4 write pending
 */
public record ConnectionFacts(String address, int interestOps, long received, long sent) {}
