package io.quorate.coordinator.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Short ways to write to a log and to say what is in it. */
final class LogFixture {

    /** Small enough that a few batches fill a segment. */
    static final LogSettings SMALL = LogSettings.defaults()
            .withSegmentBytes(LogSettings.SEGMENT_BYTES_MIN)
            .withReserveBytes(0);

    private LogFixture() {}

    /** Both steps of opening, where no snapshot knows more than the log. */
    static ChronicleTxnLog open(Path directory, LogSettings settings) {
        return ChronicleTxnLog.open(LogHistory.read(directory), settings, 0);
    }

    /** Appends one batch of the zxids from first to last; the content of each tells its zxid. */
    static void append(TxnLog log, long first, long last) {
        append(log, first, last, 20);
    }

    static void append(TxnLog log, long first, long last, int entryBytes) {
        LogBatch batch = new LogBatch(1 << 20, 1 << 16);
        for (long zxid = first; zxid <= last; zxid++) {
            UnsafeBuffer entry = new UnsafeBuffer(content(zxid, entryBytes));
            if (!batch.add(zxid, entry, 0, entry.capacity())) {
                throw new IllegalArgumentException("the batch is too large");
            }
        }
        batch.appendTo(log);
    }

    static byte[] content(long zxid, int bytes) {
        byte[] content = new byte[bytes];
        byte[] text = ("txn " + zxid + " ").getBytes(UTF_8);
        for (int i = 0; i < bytes; i++) {
            content[i] = text[i % text.length];
        }
        return content;
    }

    /** Zxids of a replay; checks that each entry has the content of its zxid. */
    static List<Long> replayed(TxnLog log, long afterZxid) {
        List<Long> zxids = new ArrayList<>();
        log.replay(afterZxid, collector(zxids));
        return zxids;
    }

    /** The same before the log is open for writing. */
    static List<Long> replayed(LogHistory history, long afterZxid) {
        List<Long> zxids = new ArrayList<>();
        history.replay(afterZxid, collector(zxids));
        return zxids;
    }

    private static EntryVisitor collector(List<Long> zxids) {
        return (zxid, buffer, offset, length) -> {
            byte[] content = new byte[length];
            buffer.getBytes(offset, content);
            if (!Arrays.equals(content, content(zxid, length))) {
                throw new AssertionError("entry " + zxid + " is garbled: " + new String(content, UTF_8));
            }
            zxids.add(zxid);
        };
    }

    static List<Long> zxids(long first, long last) {
        List<Long> zxids = new ArrayList<>();
        for (long zxid = first; zxid <= last; zxid++) {
            zxids.add(zxid);
        }
        return zxids;
    }
}
