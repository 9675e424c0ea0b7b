package io.quorate.coordinator.op;

import io.quorate.coordinator.auth.AclSchemes;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Checks access lists against the identities of a connection, and prepares the lists that are stored (semantics 8). */
public final class Permissions {

    private final AclSchemes schemes;
    private final boolean skip;

    public Permissions(AclSchemes schemes, boolean skip) {
        this.schemes = schemes;
        this.skip = skip;
    }

    /** True if one entry grants one of the {@code permission} bits to one of the identities (semantics 8.3). */
    public boolean allows(List<Acl> acl, int permission, List<Identity> identities) {
        if (skip || acl == null || acl.isEmpty()) {
            return true;
        }
        for (int i = 0; i < acl.size(); i++) {
            Acl entry = acl.get(i);
            if ((entry.perms() & permission) != 0 && AclSchemes.isAnyone(entry.identity())) {
                return true;
            }
        }
        for (Identity identity : identities) {
            if (identity.scheme().equals(AclSchemes.SUPER)) {
                return true;
            }
        }
        return grants(acl, permission, identities);
    }

    private boolean grants(List<Acl> acl, int permission, List<Identity> identities) {
        for (Acl entry : acl) {
            if ((entry.perms() & permission) == 0) {
                continue;
            }
            for (Identity identity : identities) {
                if (schemes.matches(identity, entry.identity())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The list as it is stored (semantics 8.2), or null if it is not valid. */
    List<Acl> prepare(List<Acl> requested, List<Identity> identities) {
        if (requested == null || requested.isEmpty()) {
            return null;
        }
        if (requested.size() == 1 && AclSchemes.isAnyone(requested.get(0).identity())) {
            return requested;
        }
        List<Acl> prepared = new ArrayList<>();
        for (Acl entry : new LinkedHashSet<>(requested)) {
            Identity identity = entry.identity();
            if (identity.scheme() == null || identity.id() == null) {
                return null;
            }
            if (AclSchemes.isAnyone(identity)) {
                prepared.add(entry);
            } else if (identity.scheme().equals(AclSchemes.AUTH)) {
                if (!expandAuth(entry.perms(), identities, prepared)) {
                    return null;
                }
            } else if (schemes.isValid(identity)) {
                prepared.add(entry);
            } else {
                return null;
            }
        }
        return prepared;
    }

    private boolean expandAuth(int perms, List<Identity> identities, List<Acl> into) {
        boolean found = false;
        for (Identity identity : identities) {
            if (schemes.isAuthenticated(identity)) {
                into.add(new Acl(perms, identity));
                found = true;
            }
        }
        return found;
    }
}
