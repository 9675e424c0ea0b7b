package io.quorate.registry.store;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import java.util.List;

/** Who may do what with the nodes that are created (registry spec 3). */
public enum AclPolicy {
    /** Everybody may do everything. */
    OPEN,

    /** Only who created a node may change it; all may read, except for credentials and brokers' secrets. Needs credentials. */
    SECURE;

    private static final Acl CREATOR = new Acl(Acl.ALL, new Identity("auth", ""));
    private static final List<Acl> CREATOR_ONLY = List.of(CREATOR);
    private static final List<Acl> CREATOR_AND_READERS =
            List.of(CREATOR, new Acl(Acl.READ, new Identity("world", "anyone")));
    private static final List<String> SENSITIVE =
            List.of(RegistryPaths.CONFIG + "/users", RegistryPaths.CONFIG + "/brokers", "/delegation_token/tokens");

    /** The access list for a new node. */
    public List<Acl> forNode(String path) {
        return switch (this) {
            case OPEN -> Acl.OPEN_UNSAFE;
            case SECURE -> secure(path);
        };
    }

    private static List<Acl> secure(String path) {
        if (path.equals(RegistryPaths.CONSUMERS)) {
            return Acl.OPEN_UNSAFE;
        }
        boolean isSensitive = SENSITIVE.stream().anyMatch(node -> path.equals(node) || path.startsWith(node + "/"));
        return isSensitive ? CREATOR_ONLY : CREATOR_AND_READERS;
    }
}
