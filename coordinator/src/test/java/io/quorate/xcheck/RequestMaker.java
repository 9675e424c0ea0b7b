package io.quorate.xcheck;

import io.quorate.xcheck.Requests.Body;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes random requests of every kind. It leaves out what is known to poison the reference (client-protocol 8.2 and 12.5,
 * semantics 5.2): those belong in tests of the candidate alone.
 */
final class RequestMaker {

    private static final long TTL_MAX = 0xFFFFFFFFFFL;

    private final Values values;

    RequestMaker(Values values) {
        this.values = values;
    }

    /** Anything that may travel together with other requests. */
    Body any() {
        int dice = values.below(100);
        if (dice < 40) {
            return write();
        }
        return dice < 84 ? read() : dice < 94 ? watching() : odd();
    }

    /** A write that may travel together with others. */
    Body write() {
        int dice = values.below(100);
        if (dice < 38) {
            return create(values.acl());
        }
        if (dice < 58) {
            return Requests.pathAndVersion(Op.DELETE, values.writePath(), values.version());
        }
        if (dice < 78) {
            return Requests.setData(values.writePath(), values.data(), values.version());
        }
        return multi();
    }

    /**
     * A setACL, to travel alone: the reference does not lay pending setACLs over the tree, so with other requests in flight
     * it is chance whether those are judged by the old list or the new one.
     */
    Body setAcl() {
        return Requests.setAcl(values.writePath(), values.acl(), values.version());
    }

    private Body create(List<AclEntry> acl) {
        int dice = values.below(20);
        if (dice < 2) {
            return createTtl(acl);
        }
        if (dice < 5) {
            int type = values.oneIn(2) ? Op.CREATE : Op.CREATE2;
            int flags = values.oneIn(2) ? 2 : 3;
            return Requests.create(type, values.sequencePath(), values.data(), acl, flags);
        }
        int type = dice < 12 ? Op.CREATE : dice < 18 ? Op.CREATE2 : Op.CREATE_CONTAINER;
        int flags = type == Op.CREATE_CONTAINER && values.below(4) > 0 ? 4 : values.flags();
        if (type == Op.CREATE_CONTAINER && flags == 1) {
            // The reference's overlay takes this container for an ephemeral: no children while it is in flight.
            flags = 0;
        }
        return Requests.create(type, values.writePath(), values.data(), acl, flags);
    }

    private Body createTtl(List<AclEntry> acl) {
        boolean rightFlags = values.below(5) > 0;
        int flags = rightFlags ? 5 + values.below(2) : values.below(5);
        List<Long> good = List.of(1L, 1000L, 60_000L, TTL_MAX);
        List<Long> bad = List.of(0L, -1L, TTL_MAX + 1, Long.MAX_VALUE, Long.MIN_VALUE);
        long ttl = rightFlags && values.oneIn(4) ? values.any(bad) : values.any(good);
        String path = flags == 6 ? values.sequencePath() : values.writePath();
        return Requests.createTtl(path, values.data(), acl, flags, ttl);
    }

    private Body multi() {
        int dice = values.below(20);
        List<Body> parts = new ArrayList<>();
        int count = values.oneIn(15) ? 0 : 1 + values.below(5);
        for (int i = 0; i < count; i++) {
            parts.add(part());
        }
        if (dice == 0) {
            parts.add(values.below(parts.size() + 1), foreign());
        }
        Body whole = Requests.multi(Op.MULTI, parts, dice != 1);
        return dice == 2 ? Requests.cut(whole, values.below(whole.bytes().length)) : whole;
    }

    private Body part() {
        int dice = values.below(20);
        if (dice < 9) {
            List<AclEntry> acl = values.acl();
            // The reference fails on a null list inside a multi before it allocates a zxid, and on a null in an entry
            // it
            // leaves the parts in front of it in its overlay.
            return create(acl == null || acl.stream().anyMatch(AclEntry::hasNull) ? List.of() : acl);
        }
        if (dice < 13) {
            return Requests.pathAndVersion(Op.DELETE, values.writePath(), values.version());
        }
        return dice < 17
                ? Requests.setData(values.writePath(), values.data(), values.version())
                : Requests.pathAndVersion(Op.CHECK, values.path(), values.version());
    }

    /** Something that a multi must not contain. */
    private Body foreign() {
        return switch (values.below(4)) {
            case 0 -> Requests.pathAndWatch(Op.GET_DATA, values.nodePath(), 0);
            case 1 -> Requests.setAcl(values.nodePath(), AclEntry.OPEN, -1);
            case 2 -> Requests.pathAndWatch(Op.GET_CHILDREN, values.nodePath(), 1);
            default -> Requests.path(Op.SYNC, values.nodePath());
        };
    }

    Body read() {
        return switch (values.below(12)) {
            case 0, 1 -> Requests.pathAndWatch(Op.EXISTS, values.path(), values.watch());
            case 2, 3 -> Requests.pathAndWatch(Op.GET_DATA, values.path(), values.watch());
            case 4 -> Requests.pathAndWatch(Op.GET_CHILDREN, values.path(), values.watch());
            case 5, 6 -> Requests.pathAndWatch(Op.GET_CHILDREN2, values.path(), values.watch());
            case 7 -> Requests.path(Op.GET_ACL, values.path());
            case 8 -> Requests.path(Op.SYNC, values.oneIn(4) ? "anything \ud83d\ude00" : values.path());
            case 9 -> multiRead();
            case 10 -> values.oneIn(3)
                    ? Requests.path(Op.GET_ALL_CHILDREN_NUMBER, values.path())
                    : Requests.path(Op.GET_EPHEMERALS, values.any(prefixes()));
            default -> values.oneIn(2) ? Requests.raw(Op.PING, new byte[0]) : Requests.raw(Op.WHO_AM_I, new byte[0]);
        };
    }

    private List<String> prefixes() {
        return List.of("/", "", " ", "/a", "/b/", "/s/n", "a", values.nodePath());
    }

    private Body multiRead() {
        List<Body> parts = new ArrayList<>();
        int count = values.below(5);
        for (int i = 0; i < count; i++) {
            int type = values.oneIn(2) ? Op.GET_DATA : Op.GET_CHILDREN;
            parts.add(Requests.pathAndWatch(type, values.path(), values.watch()));
        }
        if (values.oneIn(20)) {
            parts.add(Requests.pathAndVersion(Op.DELETE, values.nodePath(), -1));
        }
        return Requests.multi(Op.MULTI_READ, parts, !values.oneIn(20));
    }

    private Body watching() {
        int dice = values.below(20);
        if (dice < 9) {
            int mode = values.oneIn(10) ? values.any(List.of(2, -1, 99)) : values.below(2);
            return Requests.watch(Op.ADD_WATCH, watchedPath(), mode);
        }
        if (dice < 16) {
            int type = values.oneIn(10) ? values.any(List.of(0, 6, -1)) : 1 + values.below(5);
            return Requests.watch(values.oneIn(2) ? Op.CHECK_WATCHES : Op.REMOVE_WATCHES, watchedPath(), type);
        }
        return setWatches();
    }

    private String watchedPath() {
        String path = values.oneIn(8) ? values.any(List.of("/", "/s", "/q", "/zookeeper")) : values.path();
        // The reference keeps watches on a path that is null.
        return path == null ? "/a" : path;
    }

    private Body setWatches() {
        boolean five = values.oneIn(2);
        List<List<String>> lists = new ArrayList<>();
        for (int i = 0; i < (five ? 5 : 3); i++) {
            lists.add(values.paths());
        }
        if (values.oneIn(10)) {
            // Only the first list: before it trips over a later one the reference has worked through those in front.
            lists.set(0, null);
        }
        long relative = values.any(List.of(0L, -1L, -3L, -10L, -50L, Long.MAX_VALUE));
        return Requests.setWatches(five ? Op.SET_WATCHES2 : Op.SET_WATCHES, relative, lists);
    }

    /** Rare things: broken reads, reconfiguration, trailing bytes. */
    private Body odd() {
        return switch (values.below(5)) {
            case 0 -> Requests.reconfig(null, "2", null, -1);
            case 1 -> {
                Body whole = Requests.pathAndWatch(
                        values.any(List.of(Op.EXISTS, Op.GET_DATA, Op.GET_CHILDREN, Op.GET_CHILDREN2)), "/a/x", 1);
                yield Requests.cut(whole, values.below(whole.bytes().length));
            }
            case 2 -> Requests.raw(
                    values.any(List.of(Op.EXISTS, Op.GET_DATA, Op.GET_ACL, Op.SYNC)),
                    new Encoder()
                            .int32(values.any(List.of(-2, 1 << 30, Integer.MIN_VALUE)))
                            .bytes());
            case 3 -> {
                Body whole = read();
                byte[] longer = new Encoder().raw(whole.bytes()).int64(0x1234).bytes();
                yield new Body(whole.type(), longer, whole.text() + " and 8 bytes");
            }
            default -> Requests.path(Op.GET_EPHEMERALS, null);
        };
    }

    /** What must travel alone because its reply may overtake others, or because it closes the connection. */
    Request alone(int xid) {
        return switch (values.below(16)) {
            case 0, 1, 2 -> Requests.digest("alice:pw").at(-4);
            case 3, 4 -> Requests.digest("bob:pw").at(xid);
            case 5 -> Requests.digest("nocolon").at(-4);
            case 6 -> Requests.digest("super:secret").at(-4);
            case 7 -> Requests.auth("ip", new byte[0]).at(-4);
            case 8 -> Requests.auth(values.any(List.of("world", "auth", "super", "nosuch", "sasl", "")), new byte[] {1})
                    .atAndClosing(-4);
            case 9 -> Requests.auth("digest", null).atAndClosing(-4);
            case 10 -> Requests.raw(Op.SASL, new Encoder().buffer(new byte[0]).bytes())
                    .at(xid);
            case 11 -> Requests.raw(values.any(List.of(0, -1, 10, 13, 23, 99, 108, Integer.MAX_VALUE)), new byte[0])
                    .atAndClosing(xid);
            case 12 -> Requests.raw(
                            Op.CHECK,
                            Requests.pathAndVersion(Op.CHECK, "/a", -1).bytes())
                    .atAndClosing(xid);
            case 13 -> Requests.raw(Op.CLOSE_SESSION, new byte[0]).atAndClosing(xid);
            case 14 -> Requests.setData("/", values.data(), values.version()).at(xid);
            default -> Requests.setAcl(
                            values.any(List.of("/", "/zookeeper/quota")),
                            values.oneIn(2) ? AclEntry.OPEN : values.acl(),
                            values.version())
                    .at(xid);
        };
    }

    /** A request in and around the part of the tree that has a quota. */
    Body quota() {
        byte[] stats = "count=1,bytes=2".getBytes(StandardCharsets.US_ASCII);
        return switch (values.below(20)) {
            case 0 -> Requests.setData(Values.LIMITS, values.limits(), -1);
            case 1 -> Requests.create(Op.CREATE, Values.LIMITS, values.limits(), AclEntry.OPEN, 0);
            case 2 -> Requests.create(Op.CREATE, Values.STATS, stats, AclEntry.OPEN, 0);
            case 3 -> Requests.pathAndVersion(Op.DELETE, values.oneIn(2) ? Values.LIMITS : Values.STATS, -1);
            case 4 -> Requests.setData(Values.STATS, values.oneIn(2) ? stats : values.stats(), -1);
            case 5, 6, 7 -> Requests.create(
                    values.oneIn(2) ? Op.CREATE : Op.CREATE2, values.quotaPath(), values.data(), AclEntry.OPEN, 0);
            case 8, 9, 10 -> Requests.setData(values.quotaPath(), values.data(), values.version());
            case 11 -> Requests.pathAndVersion(Op.DELETE, values.quotaPath(), -1);
            case 12, 16, 17 -> Requests.create(Op.CREATE, "/q/n-", values.data(), AclEntry.OPEN, 2);
            case 13 -> Requests.create(Op.CREATE, "/q/e", values.data(), AclEntry.OPEN, 1);
            default -> Requests.pathAndWatch(
                    Op.GET_DATA, values.oneIn(4) ? Values.LIMITS : Values.STATS, values.watch());
        };
    }
}
