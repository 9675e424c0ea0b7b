package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.tree.AclTable;
import io.quorate.coordinator.tree.NodeImage;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.IntHashSet;

/**
 * Reads one snapshot, of this server or of a ZooKeeper from 3.4 to 3.9, into a target, and verifies every seal. The optional
 * sections are not marked; what is there follows from the number of bytes behind the first seal (storage-formats 12).
 */
public final class SnapshotReader {

    /** More than any sections can take behind the first seal. */
    private static final int SECTIONS_BYTES_MAX = 4096;

    private static final int ACLS_PER_LIST_MAX = 1 << 20;

    /**
     * Grants nobody anything. Stands in for a list that is missing: in a snapshot that ZooKeeper took while the tree changed,
     * nodes may name lists that came later; the log sets them right (storage-formats 6).
     */
    private static final List<Acl> NOBODY = List.of(new Acl(0, new Identity("world", "anyone")));

    private final SnapshotInput in;
    private final SnapshotTarget target;
    private final IntHashSet aclIds = new IntHashSet(AclTable.OPEN);
    private long nodes;
    private int sessions;
    private int looseAcls;
    private long digestZxid = SnapshotSummary.NO_ZXID;
    private long digest;
    private long lastZxid = SnapshotSummary.NO_ZXID;

    private SnapshotReader(SnapshotInput in, SnapshotTarget target) {
        this.in = in;
        this.target = target;
    }

    /**
     * Reads a file from end to end.
     *
     * @throws SnapshotDamagedException if it is not whole, with its name and the place; the target then holds a part of it
     */
    public static SnapshotSummary read(SnapshotFile file, SnapshotTarget target) throws IOException {
        try (InputStream raw = Files.newInputStream(file.path())) {
            return read(file.toString(), file.compression().decompress(raw), target);
        } catch (SnapshotDamagedException e) {
            throw e;
        } catch (IOException e) {
            throw new SnapshotDamagedException(file + ": " + e.getMessage(), e);
        }
    }

    /** Reads uncompressed bytes up to the end of the stream; {@code name} is for the exception. */
    static SnapshotSummary read(String name, InputStream stream, SnapshotTarget target) throws IOException {
        SnapshotInput input = new SnapshotInput(stream);
        try {
            return new SnapshotReader(input, target).read();
        } catch (IOException | MalformedException e) {
            throw new SnapshotDamagedException(
                    name + ": damaged at byte " + input.offset() + " of the uncompressed content: " + e.getMessage(),
                    e);
        }
    }

    private SnapshotSummary read() throws IOException {
        if (in.readInt() != SnapshotLayout.MAGIC) {
            throw new MalformedException("no snapshot: wrong magic");
        }
        in.readInt();
        in.readLong();
        readSessions();
        readAcls();
        readNodes();
        in.readSeal();
        readSections();
        return new SnapshotSummary(nodes, sessions, digestZxid, digest, lastZxid, looseAcls);
    }

    private void readSessions() throws IOException {
        sessions = readCount("sessions");
        for (int i = 0; i < sessions; i++) {
            target.session(in.readLong(), in.readInt());
        }
    }

    private void readAcls() throws IOException {
        int lists = readCount("access lists");
        for (int i = 0; i < lists; i++) {
            int id = checkedAclId(in.readLong());
            if (id == AclTable.OPEN || !aclIds.add(id)) {
                throw new MalformedException("access list with id " + id + " is there twice, or has the id of none");
            }
            target.acl(id, readAcl());
        }
    }

    /** Entries of a list are read one by one: its length is not known before. */
    private List<Acl> readAcl() throws IOException {
        int count = in.readInt();
        if (count < -1 || count > ACLS_PER_LIST_MAX) {
            throw new MalformedException("access list of " + count + " entries");
        }
        List<Acl> acl = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            acl.add(new Acl(in.readInt(), new Identity(in.readString(), in.readString())));
        }
        return List.copyOf(acl);
    }

    private static int checkedAclId(long id) {
        if (id < AclTable.OPEN || id > Integer.MAX_VALUE) {
            throw new MalformedException("access list with id " + id);
        }
        return (int) id;
    }

    private int readCount(String what) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new MalformedException(count + " " + what);
        }
        return count;
    }

    private void readNodes() throws IOException {
        String path = in.readString();
        if (!path.isEmpty()) {
            throw new MalformedException("the first node is not the root");
        }
        while (!path.equals(SnapshotLayout.TERMINATOR)) {
            readNode(path);
            nodes++;
            path = in.readString();
            if (path.isEmpty() || path.charAt(0) != '/') {
                throw new MalformedException("a node behind the root has path \"" + path + "\"");
            }
        }
    }

    private void readNode(String path) throws IOException {
        byte[] data = in.readBuffer();
        in.require(SnapshotLayout.NODE_TAIL_BYTES);
        int aclId = knownAclId(checkedAclId(in.readLong()));
        NodeImage image = new NodeImage(
                data,
                aclId,
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong());
        target.node(path, image);
    }

    private int knownAclId(int id) {
        if (id != AclTable.OPEN && aclIds.add(id)) {
            target.acl(id, NOBODY);
            looseAcls++;
        }
        return id;
    }

    private void readSections() throws IOException {
        int left = in.remaining(SECTIONS_BYTES_MAX);
        if (left == 0) {
            return;
        }
        if (left != Long.BYTES + SnapshotLayout.SEAL_BYTES) {
            readDigest();
            in.readSeal();
            left = in.remaining(SECTIONS_BYTES_MAX);
        }
        if (left > 0) {
            lastZxid = in.readLong();
            in.readSeal();
        }
        if (in.remaining(1) > 0) {
            throw new MalformedException("more bytes behind the end");
        }
    }

    /** Zeros are written by a server that has nothing to say; digests of other versions cannot be compared. */
    private void readDigest() throws IOException {
        long zxid = in.readLong();
        int version = in.readInt();
        if (version < SnapshotLayout.DIGEST_VERSION) {
            String text = in.readString();
            assert text != null;
            return;
        }
        digest = in.readLong();
        if (zxid != 0 && version == SnapshotLayout.DIGEST_VERSION) {
            digestZxid = zxid;
        }
    }
}
