package io.quorate.registry.tree;

import io.quorate.wire.proto.Stat;

/**
 * What came of one part of a transaction.
 *
 * @param path of the node as it is called now
 * @param stat after the change; null where the server does not say: deleted or checked
 */
public record Written(String path, Stat stat) {}
