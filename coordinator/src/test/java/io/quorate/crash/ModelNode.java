package io.quorate.crash;

import io.quorate.wire.proto.Stat;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** What one node must look like. A zxid or time of {@link #UNKNOWN} may have any value. Not thread-safe. */
final class ModelNode {

    static final long UNKNOWN = -1;

    byte[] data;
    final Set<String> children = new TreeSet<>();
    int version;
    int creations;
    long czxid;
    long mzxid;
    long pzxid;
    long ctime = UNKNOWN;
    long mtime = UNKNOWN;
    long owner;

    ModelNode(byte[] data, long zxid, long owner) {
        this.data = data;
        this.czxid = zxid;
        this.mzxid = zxid;
        this.pzxid = zxid;
        this.owner = owner;
    }

    ModelNode copy() {
        ModelNode copy = new ModelNode(data, czxid, owner);
        copy.children.addAll(children);
        copy.version = version;
        copy.creations = creations;
        copy.mzxid = mzxid;
        copy.pzxid = pzxid;
        copy.ctime = ctime;
        copy.mtime = mtime;
        return copy;
    }

    /** What is wrong with {@code found}, or empty. */
    String differenceFrom(byte[] foundData, Stat found) {
        String text = differenceFrom(found);
        return Arrays.equals(data, foundData) ? text : text + " data";
    }

    /** What is wrong with {@code found}, or empty. */
    String differenceFrom(Stat found) {
        StringBuilder text = new StringBuilder();
        compare(text, "version", version, found.version());
        compare(text, "cversion", 2 * creations - children.size(), found.cversion());
        compare(text, "aversion", 0, found.aversion());
        compare(text, "children", children.size(), found.numChildren());
        compare(text, "length", data.length, found.dataLength());
        compare(text, "owner", owner, found.ephemeralOwner());
        compareIfKnown(text, "czxid", czxid, found.czxid());
        compareIfKnown(text, "mzxid", mzxid, found.mzxid());
        compareIfKnown(text, "pzxid", pzxid, found.pzxid());
        compareIfKnown(text, "ctime", ctime, found.ctime());
        compareIfKnown(text, "mtime", mtime, found.mtime());
        return text.toString();
    }

    /** Takes over what was not known. */
    void learn(Stat found) {
        czxid = found.czxid();
        mzxid = found.mzxid();
        pzxid = found.pzxid();
        ctime = found.ctime();
        mtime = found.mtime();
    }

    private static void compareIfKnown(StringBuilder text, String what, long expected, long found) {
        if (expected != UNKNOWN) {
            compare(text, what, expected, found);
        }
    }

    private static void compare(StringBuilder text, String what, long expected, long found) {
        if (expected != found) {
            text.append(' ')
                    .append(what)
                    .append(" is ")
                    .append(found)
                    .append(" and not ")
                    .append(expected);
        }
    }
}
