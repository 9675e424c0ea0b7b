package io.quorate.wire.client;

import io.quorate.wire.proto.Stat;

/**
 * Answer to getData, getConfig and reconfig.
 *
 * @param data not copied; may be null, which is not the same as empty
 * @param stat of the node at that moment
 * @param zxid of the last transaction the answering server had applied; for reconfig, of the transaction
 */
public record NodeData(byte[] data, Stat stat, long zxid) {}
