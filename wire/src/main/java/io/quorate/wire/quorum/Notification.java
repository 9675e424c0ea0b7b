package io.quorate.wire.quorum;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;

/**
 * A server's vote, as the frames of the election port carry it (quorum protocol specification, section 3.1).
 *
 * <pre>int state | long leader | long zxid | long electionEpoch | long peerEpoch | int version | buffer config, from version 2 on</pre>
 *
 * @param state what the sender is doing
 * @param leader server id the sender votes for, or follows
 * @param zxid last zxid of that server, as in the vote
 * @param electionEpoch the sender's round
 * @param peerEpoch epoch of that server
 * @param version of the format: {@link #VERSION} since 3.5, 0 for the two older ones
 * @param config text of the sender's committed configuration; null before version 2
 */
public record Notification(
        PeerState state, long leader, long zxid, long electionEpoch, long peerEpoch, int version, String config) {
    /** The format with a configuration, which we send always. */
    public static final int VERSION = 2;

    private static final int BYTES_MIN = Integer.BYTES + 3 * Long.BYTES;
    private static final int BYTES_WITHOUT_CONFIG = BYTES_MIN + Long.BYTES + Integer.BYTES;

    /** A notification of the format that we send. */
    public Notification(PeerState state, long leader, long zxid, long electionEpoch, long peerEpoch, String config) {
        this(state, leader, zxid, electionEpoch, peerEpoch, VERSION, config);
    }

    /**
     * Decodes one from all that is left, whose size tells the format. Bytes behind the configuration are left unread.
     *
     * @throws MalformedException when it is too short, or has a state or a configuration that cannot be; the sender is to be
     *     ignored this once, and its connection stays
     */
    public static Notification read(JuteReader reader) {
        int bytes = reader.remaining();
        PeerState state = readState(reader);
        long leader = reader.readLong();
        long zxid = reader.readLong();
        long electionEpoch = reader.readLong();
        if (bytes == BYTES_MIN) {
            return new Notification(state, leader, zxid, electionEpoch, Zxid.epoch(zxid), 0, null);
        }
        long peerEpoch = reader.readLong();
        int version = reader.readInt();
        if (bytes == BYTES_WITHOUT_CONFIG) {
            return new Notification(state, leader, zxid, electionEpoch, peerEpoch, 0, null);
        }
        String config = version < VERSION ? null : readConfig(reader);
        return new Notification(state, leader, zxid, electionEpoch, peerEpoch, version, config);
    }

    /** Encodes this; without configuration in the format of 40 bytes. */
    public void write(JuteWriter writer) {
        writer.writeInt(state.code());
        writer.writeLong(leader);
        writer.writeLong(zxid);
        writer.writeLong(electionEpoch);
        writer.writeLong(peerEpoch);
        writer.writeInt(version);
        if (version >= VERSION) {
            writer.writeBuffer(config.getBytes(UTF_8));
        }
    }

    private static PeerState readState(JuteReader reader) {
        int code = reader.readInt();
        PeerState state = PeerState.of(code);
        if (state == null) {
            throw new MalformedException("state " + code + " in a notification");
        }
        return state;
    }

    private static String readConfig(JuteReader reader) {
        byte[] config = reader.readBuffer();
        if (config == null) {
            throw new MalformedException("notification without the configuration that its version has");
        }
        return new String(config, UTF_8);
    }
}
