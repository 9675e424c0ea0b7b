package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Takes apart the snapshot that follows a SNAP packet, while it arrives (quorum protocol specification, section 21.5).
 *
 * <pre>
 *   int count, (long id, int timeout)* | int count, (long id, vector&lt;Acl&gt;)* | (ustring path, SnapshotNode)* | ustring "/"
 *   | ustring "BenWasHere"
 * </pre>
 *
 * <p>Takes whole elements only and keeps none: what it did not consume must be given to it again, with more. One for each
 * snapshot; not safe for use by several threads.
 */
public final class SnapshotStream {
    /** Stands where a further path could be. */
    public static final String TERMINATOR = "/";

    /** The last bytes, by which the receiver knows that both speak of the same. */
    public static final String SIGNATURE = "BenWasHere";

    private static final int ACL_BYTES_MIN = 3 * Integer.BYTES;

    private enum Element {
        SESSION_COUNT,
        SESSION,
        ACL_COUNT,
        ACL_HEAD,
        ACL_ENTRY,
        PATH,
        NODE,
        SIGNATURE,
        NOTHING
    }

    private final SnapshotSink sink;
    private final int lengthMax;
    private final Arriving bytes;
    private final JuteReader reader;
    private Element next = Element.SESSION_COUNT;
    private int sessionsLeft;
    private int aclsLeft;
    private int entriesLeft;
    private long aclId;
    private long aclBytes;
    private List<Acl> acl = List.of();
    private String path;

    /**
     * At the beginning of a snapshot.
     *
     * @param lengthMax the greatest length in bytes of one path, of the data of one node, and of one access list
     */
    public SnapshotStream(SnapshotSink sink, int lengthMax) {
        this.sink = sink;
        this.lengthMax = lengthMax;
        this.bytes = new Arriving(lengthMax);
        this.reader = new JuteReader(lengthMax);
    }

    /**
     * Gives to the sink what is there in whole.
     *
     * @param available bytes that have arrived, counted from {@code offset}
     * @return how many of them are done with; once {@link #isComplete}, packets continue right behind them
     * @throws MalformedException when this is no snapshot, or a length is beyond the limit; the stream is of no use any more
     */
    public int read(DirectBuffer buffer, int offset, int available) {
        bytes.wrap(buffer, offset, available);
        int end = offset;
        while (!isComplete() && isNextWhole()) {
            reader.wrap(buffer, end, bytes.position() - end);
            next = take();
            end = bytes.position();
        }
        return end - offset;
    }

    /** Whether the end was found; nothing more is consumed. */
    public boolean isComplete() {
        return next == Element.NOTHING;
    }

    private boolean isNextWhole() {
        return switch (next) {
            case SESSION_COUNT, ACL_COUNT -> bytes.skip(Integer.BYTES);
            case SESSION, ACL_HEAD -> bytes.skip(Long.BYTES + Integer.BYTES);
            case ACL_ENTRY -> bytes.skip(Integer.BYTES) && bytes.skipBuffer() && bytes.skipBuffer();
            case PATH, SIGNATURE -> bytes.skipBuffer();
            case NODE -> bytes.skipBuffer() && bytes.skip(SnapshotNode.TAIL_BYTES);
            case NOTHING -> false;
        };
    }

    private Element take() {
        return switch (next) {
            case SESSION_COUNT -> {
                sessionsLeft = readCount("sessions");
                yield afterSession();
            }
            case SESSION -> takeSession();
            case ACL_COUNT -> {
                aclsLeft = readCount("access lists");
                yield afterAcl();
            }
            case ACL_HEAD -> takeAclHead();
            case ACL_ENTRY -> takeEntry();
            case PATH -> takePath();
            case NODE -> {
                sink.node(path, SnapshotNode.read(reader));
                yield Element.PATH;
            }
            case SIGNATURE -> takeSignature();
            case NOTHING -> throw new IllegalStateException("snapshot is complete");
        };
    }

    private int readCount(String what) {
        int count = reader.readInt();
        if (count < 0) {
            throw new MalformedException(count + " " + what);
        }
        return count;
    }

    private Element takeSession() {
        sink.session(reader.readLong(), reader.readInt());
        sessionsLeft--;
        return afterSession();
    }

    private Element afterSession() {
        return sessionsLeft > 0 ? Element.SESSION : Element.ACL_COUNT;
    }

    private Element takeAclHead() {
        aclId = reader.readLong();
        entriesLeft = reader.readInt();
        if (entriesLeft < -1 || entriesLeft > lengthMax / ACL_BYTES_MIN) {
            throw new MalformedException("access list of " + entriesLeft + " entries");
        }
        acl = new ArrayList<>();
        aclBytes = 0;
        return afterEntry();
    }

    private Element takeEntry() {
        aclBytes += reader.remaining();
        if (aclBytes > lengthMax) {
            throw new MalformedException("access list is longer than " + lengthMax);
        }
        acl.add(Acl.read(reader));
        entriesLeft--;
        return afterEntry();
    }

    private Element afterEntry() {
        if (entriesLeft > 0) {
            return Element.ACL_ENTRY;
        }
        sink.acl(aclId, List.copyOf(acl));
        aclsLeft--;
        return afterAcl();
    }

    private Element afterAcl() {
        return aclsLeft > 0 ? Element.ACL_HEAD : Element.PATH;
    }

    private Element takePath() {
        boolean isFirst = path == null;
        path = reader.readString();
        if (path == null || path.isEmpty() != isFirst || (!isFirst && path.charAt(0) != '/')) {
            throw new MalformedException((isFirst ? "the root" : "another node") + " has path \"" + path + "\"");
        }
        return path.equals(TERMINATOR) ? Element.SIGNATURE : Element.NODE;
    }

    private Element takeSignature() {
        String signature = reader.readString();
        if (!SIGNATURE.equals(signature)) {
            throw new MalformedException("no signature behind the snapshot");
        }
        sink.end();
        return Element.NOTHING;
    }
}
