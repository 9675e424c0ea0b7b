package io.quorate.coordinator.tree;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.agrona.concurrent.UnsafeBuffer;

/** Computes what one node adds to the tree digest, version 2 (semantics 13). Used by one thread. */
final class TreeDigest {

    static final int VERSION = 2;

    private static final int STAT_BYTES = 60;

    private final boolean enabled;
    private final CRC32 crc = new CRC32();
    private final UnsafeBuffer stat = new UnsafeBuffer(new byte[STAT_BYTES]);

    TreeDigest(boolean enabled) {
        this.enabled = enabled;
    }

    boolean enabled() {
        return enabled;
    }

    int of(Znode node) {
        if (!enabled || !Paths.isDigested(node.path)) {
            return 0;
        }
        putZxids(node.czxid, node.mzxid, node.pzxid);
        putTimes(node.ctime, node.mtime);
        putVersions(node.version, node.childVersion, node.aversion);
        return finish(node.path, node.data, node.owner);
    }

    int of(PlannedNode node) {
        if (!enabled || !Paths.isDigested(node.path)) {
            return 0;
        }
        putZxids(node.czxid, node.mzxid, node.pzxid);
        putTimes(node.ctime, node.mtime);
        putVersions(node.version, node.childVersion, node.aversion);
        return finish(node.path, node.data, node.owner);
    }

    private void putZxids(long czxid, long mzxid, long pzxid) {
        stat.putLong(0, czxid, ByteOrder.BIG_ENDIAN);
        stat.putLong(8, mzxid, ByteOrder.BIG_ENDIAN);
        stat.putLong(16, pzxid, ByteOrder.BIG_ENDIAN);
    }

    private void putTimes(long ctime, long mtime) {
        stat.putLong(24, ctime, ByteOrder.BIG_ENDIAN);
        stat.putLong(32, mtime, ByteOrder.BIG_ENDIAN);
    }

    private void putVersions(int version, int childVersion, int aversion) {
        stat.putInt(40, version, ByteOrder.BIG_ENDIAN);
        stat.putInt(44, childVersion, ByteOrder.BIG_ENDIAN);
        stat.putInt(48, aversion, ByteOrder.BIG_ENDIAN);
    }

    private int finish(String path, byte[] data, long owner) {
        stat.putLong(52, owner, ByteOrder.BIG_ENDIAN);
        crc.reset();
        if (path.length() > 1) {
            byte[] pathBytes = path.getBytes(StandardCharsets.UTF_8);
            crc.update(pathBytes, 0, pathBytes.length);
        }
        if (data != null) {
            crc.update(data, 0, data.length);
        }
        crc.update(stat.byteArray(), 0, STAT_BYTES);
        return (int) crc.getValue();
    }
}
