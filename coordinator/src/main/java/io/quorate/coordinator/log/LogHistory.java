package io.quorate.coordinator.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The log of a directory open for reading: what its files say happened, once voided and torn records are left out. The first
 * step of opening a log, {@link ChronicleTxnLog#open} is the second.
 *
 * <p>Nothing is changed by it, so neither a full disk nor damage is made worse by looking. Files are believed as {@link LogWalk}
 * says. One thread.
 */
public final class LogHistory {

    private final Path directory;
    private final List<LogWalk.Head> heads;

    /** A walk through the newest segment, once there was one. */
    private LogWalk newest;

    private LogHistory(Path directory, List<LogWalk.Head> heads) {
        this.directory = directory;
        this.heads = heads;
    }

    /**
     * Looks at the segments in a directory, which need not exist. The caller owns it (see {@link DataDirectory}).
     *
     * @throws LogException if the files cannot be read
     */
    public static LogHistory read(Path directory) {
        try {
            List<SegmentFile> segments = Files.isDirectory(directory) ? SegmentFile.list(directory) : List.of();
            return new LogHistory(directory, LogWalk.heads(segments));
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private static LogException unreadable(Path directory, IOException cause) {
        return new LogException("cannot read the log in " + directory, cause);
    }

    Path directory() {
        return directory;
    }

    /** A segment that is no longer written, and the highest zxid that was valid at the end of it or of one before it. */
    record Closed(SegmentFile segment, long highestZxid) {}

    /** All segments that hold anything, oldest first. */
    List<Closed> segments() {
        List<Closed> closed = new ArrayList<>();
        long highest = 0;
        for (int i = 0; i < heads.size(); i++) {
            boolean newest = i == heads.size() - 1;
            highest = Math.max(
                    highest, newest ? lastZxid() : heads.get(i + 1).first().lastZxid());
            closed.add(new Closed(heads.get(i).segment(), highest));
        }
        return closed;
    }

    long lastSequence() {
        return newest().lastSequence();
    }

    /** The last zxid that is neither void nor torn, 0 for none. */
    public long lastZxid() {
        return newest().lastZxid();
    }

    /**
     * If the last thing that happened to the log is that its tail was voided, the zxid behind which it was. A snapshot that is
     * newer then belongs to what was voided: there was no time to delete it.
     */
    public OptionalLong voidedBehind() {
        int from = heads.size() - 1;
        while (from > 0 && heads.get(from).first().sequence() == lastSequence()) {
            from--;
        }
        List<LogWalk.Cut> cuts =
                walk(heads.subList(Math.max(0, from), heads.size())).cuts();
        LogWalk.Cut last = cuts.isEmpty() ? null : cuts.get(cuts.size() - 1);
        boolean open = last != null && !last.isRestart() && last.sequence() == lastSequence();
        return open ? OptionalLong.of(last.zxid()) : OptionalLong.empty();
    }

    /** Every segment begins with what was before it, so the newest alone says where the log ends. */
    private LogWalk newest() {
        if (newest == null) {
            try {
                newest = LogWalk.over(heads.subList(Math.max(0, heads.size() - 1), heads.size()));
            } catch (IOException e) {
                throw unreadable(directory, e);
            }
        }
        return newest;
    }

    /** Walks through the newest segments. Where the log ends is known, and is not searched for again. */
    private LogWalk walk(List<LogWalk.Head> some) {
        if (some.size() <= 1) {
            return newest();
        }
        try {
            return LogWalk.over(some, lastSequence(), (record, reader) -> {});
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    /** True if {@link #replay} from there has no gap. */
    public boolean reachesBackTo(long zxid) {
        return zxid >= walk(neededAfter(zxid)).reachesBackTo();
    }

    /** Does what {@link TxnLog#replay} promises. */
    public long replay(long afterZxid, EntryVisitor visitor) {
        List<LogWalk.Head> needed = neededAfter(afterZxid);
        LogWalk walk = walk(needed);
        if (afterZxid < walk.reachesBackTo()) {
            throw new LogDamagedException("the log does not continue from zxid 0x" + Long.toHexString(afterZxid)
                    + ", only from 0x" + Long.toHexString(walk.reachesBackTo()) + ": " + walk.hole());
        }
        try {
            LogWalk.over(needed, lastSequence(), new EntryReplay(walk.cuts(), afterZxid, visitor));
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
        return Math.max(afterZxid, lastZxid());
    }

    /**
     * The segments that must be read. When one began, no transaction after the zxid it names was valid, and none in the segments
     * before it has become so since: if that zxid is not wanted, nothing before the segment is.
     */
    private List<LogWalk.Head> neededAfter(long zxid) {
        int first = heads.size() - 1;
        while (first > 0 && heads.get(first).first().lastZxid() > zxid) {
            first--;
        }
        return heads.subList(Math.max(0, first), heads.size());
    }
}
