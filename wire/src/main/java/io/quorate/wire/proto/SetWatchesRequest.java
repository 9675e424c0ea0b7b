package io.quorate.wire.proto;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.List;

/**
 * The watches of a client that comes back: setWatches and setWatches2 (client-protocol section 8.14).
 *
 * <pre>
 * 101: long relativeZxid | vector&lt;ustring&gt; data | exist | child
 * 105: the same          | vector&lt;ustring&gt; persistent | persistentRecursive
 * </pre>
 *
 * <p>Every list may be null, as the wire allows it.
 *
 * @param relativeZxid what the client has seen; later changes are events it missed
 */
public record SetWatchesRequest(
        long relativeZxid,
        List<String> dataWatches,
        List<String> existWatches,
        List<String> childWatches,
        List<String> persistentWatches,
        List<String> persistentRecursiveWatches)
        implements Request {
    /** Decodes the form of operation 105, with five lists. */
    public static SetWatchesRequest read(JuteReader reader) {
        return new SetWatchesRequest(
                reader.readLong(),
                reader.readStrings(),
                reader.readStrings(),
                reader.readStrings(),
                reader.readStrings(),
                reader.readStrings());
    }

    /** Decodes the form of operation 101, with three lists; the other two are empty. */
    public static SetWatchesRequest readThreeLists(JuteReader reader) {
        return new SetWatchesRequest(
                reader.readLong(),
                reader.readStrings(),
                reader.readStrings(),
                reader.readStrings(),
                List.of(),
                List.of());
    }

    /** Encodes the form of operation 105, with five lists. */
    @Override
    public void write(JuteWriter writer) {
        writeThreeLists(writer);
        writer.writeStrings(persistentWatches);
        writer.writeStrings(persistentRecursiveWatches);
    }

    /** Encodes the form of operation 101, which leaves out the persistent watches. */
    public void writeThreeLists(JuteWriter writer) {
        writer.writeLong(relativeZxid);
        writer.writeStrings(dataWatches);
        writer.writeStrings(existWatches);
        writer.writeStrings(childWatches);
    }
}
