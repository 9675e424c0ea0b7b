package io.quorate.wire.client;

import io.quorate.wire.proto.Stat;

/**
 * Answer to create.
 *
 * @param path the node as it is called now, with the sequence number if there is one
 * @param stat of the new node
 * @param zxid of the transaction
 */
public record Created(String path, Stat stat, long zxid) {}
