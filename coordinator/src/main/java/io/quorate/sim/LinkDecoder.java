package io.quorate.sim;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.quorum.PacketCutter;
import io.quorate.wire.quorum.PacketType;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotSink;
import io.quorate.wire.quorum.SnapshotStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** The receiving end of a link: takes the byte stream apart with the production codecs, however it was cut on the way. */
final class LinkDecoder {

    private static final int LENGTH_MAX = 1 << 20;

    private final Consumer<QuorumPacket> packets;
    private final SnapshotSink parts;
    private final PacketCutter cutter = new PacketCutter(LENGTH_MAX);
    private final JuteReader reader = new JuteReader(LENGTH_MAX);
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private byte[] bytes = new byte[1024];
    private int start;
    private int end;
    private SnapshotStream snapshot;
    private boolean stopped;

    LinkDecoder(Consumer<QuorumPacket> packets, SnapshotSink parts) {
        this.packets = packets;
        this.parts = parts;
    }

    /** Takes the next bytes of the stream, and hands out what is whole. */
    void feed(byte[] chunk, int offset, int length) {
        makeRoom(length);
        System.arraycopy(chunk, offset, bytes, end, length);
        end += length;
        view.wrap(bytes);
        while (!stopped && take()) {
            // one packet, or as much as there is of a snapshot
        }
    }

    private void makeRoom(int length) {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (end + length > bytes.length) {
            byte[] larger = end - start + length > bytes.length ? new byte[2 * (end - start + length)] : bytes;
            System.arraycopy(bytes, start, larger, 0, end - start);
            bytes = larger;
            end -= start;
            start = 0;
        }
    }

    private boolean take() {
        return snapshot == null ? takePacket() : takeParts();
    }

    private boolean takePacket() {
        int length = cutter.length(view, start, end - start);
        if (length == PacketCutter.MORE) {
            return false;
        }
        QuorumPacket packet = QuorumPacket.read(reader.wrap(view, start, length));
        start += length;
        if (packet.packetType() == PacketType.SNAP) {
            snapshot = new SnapshotStream(parts, LENGTH_MAX);
        }
        packets.accept(packet);
        return true;
    }

    private boolean takeParts() {
        int taken = snapshot.read(view, start, end - start);
        start += taken;
        if (snapshot.isComplete()) {
            snapshot = null;
            return true;
        }
        return false;
    }

    /** Nothing more is handed out. */
    void stop() {
        stopped = true;
        bytes = Arrays.copyOf(bytes, 0);
        start = 0;
        end = 0;
    }
}
