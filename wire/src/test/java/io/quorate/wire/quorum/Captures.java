package io.quorate.wire.quorum;

import io.quorate.wire.jute.JuteReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** Owns what 3.9.5 servers were heard saying to each other (quorum protocol specification, section 22). */
final class Captures {
    private Captures() {}

    /** All bytes of one direction of one connection. */
    static byte[] bytes(String capture) {
        try (InputStream in = Captures.class.getResourceAsStream("/quorum/" + capture + ".bin")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packets that lie in these bytes one behind the other, to the last byte. */
    static List<QuorumPacket> packets(byte[] bytes, int offset) {
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        PacketCutter cutter = new PacketCutter(JuteReader.LENGTH_MAX_DEFAULT);
        JuteReader reader = new JuteReader();
        List<QuorumPacket> packets = new ArrayList<>();
        for (int start = offset; start < bytes.length; ) {
            int length = cutter.length(buffer, start, bytes.length - start);
            if (length == PacketCutter.MORE) {
                throw new AssertionError("capture ends within a packet that begins at " + start);
            }
            packets.add(QuorumPacket.read(reader.wrap(buffer, start, length)));
            if (reader.remaining() != 0) {
                throw new AssertionError("packet at " + start + " ends before its length " + length);
            }
            start += length;
        }
        return packets;
    }
}
