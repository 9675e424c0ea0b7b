package io.quorate.xcheck;

import java.util.List;

/** One entry of an access list as it goes over the wire; scheme and id may be null. */
record AclEntry(int perms, String scheme, String id) {

    static final List<AclEntry> OPEN = List.of(new AclEntry(31, "world", "anyone"));

    boolean hasNull() {
        return scheme == null || id == null;
    }

    @Override
    public String toString() {
        return perms + ":" + scheme + ":" + id;
    }
}
