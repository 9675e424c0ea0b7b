package io.quorate.sim.check;

import java.util.HashMap;
import java.util.Map;

/** P11: servers whose last transaction is the same have the same tree. */
final class EqualStates implements Invariant {

    private record Seen(long digest, long by) {}

    private final Map<Long, Seen> digests = new HashMap<>();

    @Override
    public void digest(long sid, long zxid, long digest) {
        Seen seen = digests.putIfAbsent(zxid, new Seen(digest, sid));
        if (seen != null && seen.digest() != digest) {
            throw new Violation("after %s server %d has digest %x, server %d had %x"
                    .formatted(Violation.zxid(zxid), sid, digest, seen.by(), seen.digest()));
        }
    }
}
