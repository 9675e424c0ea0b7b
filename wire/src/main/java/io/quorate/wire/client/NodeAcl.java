package io.quorate.wire.client;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Stat;
import java.util.List;

/**
 * Answer to getAcl.
 *
 * @param acl who may do what; digests are masked for those who may not administer the node
 * @param stat of the node at that moment
 * @param zxid of the last transaction the answering server had applied
 */
public record NodeAcl(List<Acl> acl, Stat stat, long zxid) {}
