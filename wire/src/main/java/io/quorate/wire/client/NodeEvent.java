package io.quorate.wire.client;

import io.quorate.wire.proto.EventType;

/**
 * What a watcher is told (client-protocol section 3.3).
 *
 * @param type one of the four events about nodes, or that the watch was removed by this client
 * @param path the node, as this client names it (without the chroot)
 * @param zxid the transaction that changed the node; -1 when that is not known: for changes that were missed while the
 *     connection was lost, for removed watches, and always from servers before 3.9
 */
public record NodeEvent(EventType type, String path, long zxid) {}
