package io.quorate.xcheck;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Makes requests from their fields, one method per record of client-protocol section 8. */
final class Requests {

    /** What the multi header in front of a sub-operation says: type, not done, no error. */
    static final byte[] MULTI_END = new Encoder().int32(-1).bool(true).int32(-1).bytes();

    private Requests() {}

    /** A record without its header, to be used alone or inside a multi. */
    record Body(int type, byte[] bytes, String text) {

        Request at(int xid) {
            return new Request(xid, type, bytes, text, false);
        }

        @Override
        public String toString() {
            return text;
        }

        Request atAndClosing(int xid) {
            return new Request(xid, type, bytes, text + " (closes)", true);
        }
    }

    /** create, create2 or createContainer. */
    static Body create(int type, String path, byte[] data, List<AclEntry> acl, int flags) {
        byte[] bytes =
                new Encoder().string(path).buffer(data).acls(acl).int32(flags).bytes();
        return body(type, bytes, path, FrameWalk.show(data), acl, "flags " + flags);
    }

    static Body createTtl(String path, byte[] data, List<AclEntry> acl, int flags, long ttlMillis) {
        byte[] bytes = new Encoder()
                .string(path)
                .buffer(data)
                .acls(acl)
                .int32(flags)
                .int64(ttlMillis)
                .bytes();
        return body(Op.CREATE_TTL, bytes, path, FrameWalk.show(data), acl, "flags " + flags, "ttl " + ttlMillis);
    }

    /** delete and check. */
    static Body pathAndVersion(int type, String path, int version) {
        return body(type, new Encoder().string(path).int32(version).bytes(), path, "version " + version);
    }

    static Body setData(String path, byte[] data, int version) {
        byte[] bytes = new Encoder().string(path).buffer(data).int32(version).bytes();
        return body(Op.SET_DATA, bytes, path, FrameWalk.show(data), "version " + version);
    }

    static Body setAcl(String path, List<AclEntry> acl, int version) {
        byte[] bytes = new Encoder().string(path).acls(acl).int32(version).bytes();
        return body(Op.SET_ACL, bytes, path, acl, "version " + version);
    }

    /** getACL, sync, getEphemerals, getAllChildrenNumber. */
    static Body path(int type, String path) {
        return body(type, new Encoder().string(path).bytes(), path);
    }

    /** exists, getData, getChildren, getChildren2. The watch flag is any byte; zero means no. */
    static Body pathAndWatch(int type, String path, int watch) {
        return body(type, new Encoder().string(path).int8(watch).bytes(), path, watch == 0 ? "" : "watch");
    }

    /** addWatch (mode), checkWatches and removeWatches (watcher type). */
    static Body watch(int type, String path, int mode) {
        return body(type, new Encoder().string(path).int32(mode).bytes(), path, "mode " + mode);
    }

    /** setWatches with three lists, setWatches2 with five; a list may be null. */
    static Body setWatches(int type, long relativeZxid, List<List<String>> lists) {
        Encoder encoder = new Encoder().int64(relativeZxid);
        lists.forEach(encoder::strings);
        return body(type, encoder.bytes(), "relativeZxid " + relativeZxid, lists);
    }

    static Body auth(String scheme, byte[] token) {
        byte[] bytes = new Encoder().int32(0).string(scheme).buffer(token).bytes();
        return body(Op.AUTH, bytes, scheme, FrameWalk.show(token));
    }

    static Body digest(String userAndPassword) {
        return auth("digest", userAndPassword.getBytes(StandardCharsets.UTF_8));
    }

    static Body reconfig(String joining, String leaving, String members, long configId) {
        byte[] bytes = new Encoder()
                .string(joining)
                .string(leaving)
                .string(members)
                .int64(configId)
                .bytes();
        return body(Op.RECONFIG, bytes, joining, leaving, members, configId);
    }

    /** Any type with nothing or something behind the header. */
    static Body raw(int type, byte[] bytes) {
        return body(type, bytes, bytes.length == 0 ? "" : FrameWalk.show(bytes));
    }

    /** multi or multiRead over the records given. */
    static Body multi(int type, List<Body> parts, boolean terminated) {
        Encoder encoder = new Encoder();
        for (Body part : parts) {
            encoder.int32(part.type()).bool(false).int32(-1).raw(part.bytes());
        }
        if (terminated) {
            encoder.raw(MULTI_END);
        }
        return body(type, encoder.bytes(), parts, terminated ? "" : "without end");
    }

    /** The same record cut short. */
    static Body cut(Body whole, int bytesKept) {
        byte[] part = java.util.Arrays.copyOf(whole.bytes(), bytesKept);
        return new Body(whole.type(), part, whole.text() + " cut to " + bytesKept + " bytes");
    }

    private static Body body(int type, byte[] bytes, Object... words) {
        StringBuilder text = new StringBuilder(Op.name(type));
        for (Object word : words) {
            text.append(' ').append(escape(String.valueOf(word)));
        }
        return new Body(type, bytes, text.toString());
    }

    private static String escape(String word) {
        StringBuilder escaped = new StringBuilder();
        for (char c : word.toCharArray()) {
            boolean plain = c >= 0x20 && c < 0x7f;
            escaped.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return escaped.toString();
    }
}
