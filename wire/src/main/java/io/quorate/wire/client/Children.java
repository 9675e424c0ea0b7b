package io.quorate.wire.client;

import io.quorate.wire.proto.Stat;
import java.util.List;

/**
 * Answer to getChildren.
 *
 * @param names of the children, not their paths; in the order of the server, which is none
 * @param stat of the parent at that moment
 * @param zxid of the last transaction the answering server had applied
 */
public record Children(List<String> names, Stat stat, long zxid) {}
