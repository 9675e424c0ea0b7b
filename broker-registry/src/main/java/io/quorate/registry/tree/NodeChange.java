package io.quorate.registry.tree;

import io.quorate.wire.proto.EventType;

/**
 * What happened to a watched node.
 *
 * @param type created, deleted, data or list of children changed
 * @param path of the node
 * @param zxid of the transaction; -1 if the server does not say
 */
public record NodeChange(EventType type, String path, long zxid) {}
