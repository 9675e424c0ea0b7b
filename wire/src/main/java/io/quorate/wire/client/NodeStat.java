package io.quorate.wire.client;

import io.quorate.wire.proto.Stat;

/**
 * Answer to exists, setData and setAcl.
 *
 * @param stat of the node, after the change if there was one; null if there is no such node, which only exists can answer
 * @param zxid of the transaction; for exists, of the last one the answering server had applied
 */
public record NodeStat(Stat stat, long zxid) {
    /** Whether there is such a node. */
    public boolean exists() {
        return stat != null;
    }
}
