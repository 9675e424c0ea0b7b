package io.quorate.wire.quorum;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Identity;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What leader and learners say to each other on the quorum port (quorum protocol specification, section 6). On the stream
 * packets follow one another without lengths; {@link PacketCutter} finds their ends.
 *
 * <pre>int type | long zxid | buffer data | vector&lt;Identity&gt; authinfo</pre>
 *
 * @param type number of a {@link PacketType}, or of one that came later
 * @param zxid what the packet is about, by its type
 * @param data encoded by its type, or null; must not be changed
 * @param authinfo with REQUEST, what the client has proven to be; else null
 */
public record QuorumPacket(int type, long zxid, byte[] data, List<Identity> authinfo) {
    /** The zxid of packets that are about none. */
    public static final long NO_ZXID = -1;

    private static final int IDENTITY_BYTES_MIN = 2 * Integer.BYTES;

    /** Decodes one; the limit of the reader holds for the data. */
    public static QuorumPacket read(JuteReader reader) {
        return new QuorumPacket(reader.readInt(), reader.readLong(), reader.readBuffer(), readAuthinfo(reader));
    }

    /** Encodes this. */
    public void write(JuteWriter writer) {
        writer.writeInt(type);
        writer.writeLong(zxid);
        writer.writeBuffer(data);
        if (authinfo == null) {
            writer.writeInt(-1);
            return;
        }
        writer.writeInt(authinfo.size());
        for (Identity identity : authinfo) {
            identity.write(writer);
        }
    }

    /** The type, or null when it is unknown. */
    public PacketType packetType() {
        return PacketType.of(type);
    }

    /**
     * A reader over the data, for the record that belongs to the type.
     *
     * @throws MalformedException when there are no data
     */
    public JuteReader payload() {
        if (data == null) {
            throw new MalformedException(this + " without data");
        }
        return new JuteReader(data.length).wrap(new UnsafeBuffer(data), 0, data.length);
    }

    /** The data as text, as with NEWLEADER; null when there are none. */
    public String text() {
        return data == null ? null : new String(data, UTF_8);
    }

    /** Type, zxid and size; neither data nor authinfo, which hold secrets of clients. */
    @Override
    public String toString() {
        PacketType known = packetType();
        return (known == null ? "type " + type : known) + " 0x" + Long.toHexString(zxid)
                + (data == null ? "" : ", " + data.length + " bytes");
    }

    /** FOLLOWERINFO of a server that has promised itself to no epoch after {@code acceptedEpoch}. */
    public static QuorumPacket followerInfo(long acceptedEpoch, LearnerInfo info) {
        return of(PacketType.FOLLOWERINFO, Zxid.of(acceptedEpoch, 0), encode(LearnerInfo.BYTES, info::write));
    }

    /** OBSERVERINFO, as {@link #followerInfo}. */
    public static QuorumPacket observerInfo(long acceptedEpoch, LearnerInfo info) {
        return of(PacketType.OBSERVERINFO, Zxid.of(acceptedEpoch, 0), encode(LearnerInfo.BYTES, info::write));
    }

    /** LEADERINFO for the epoch that begins. */
    public static QuorumPacket leaderInfo(long newEpoch) {
        LeaderInfo info = new LeaderInfo(LearnerInfo.PROTOCOL_VERSION);
        return of(PacketType.LEADERINFO, Zxid.of(newEpoch, 0), encode(Integer.BYTES, info::write));
    }

    /** ACKEPOCH of a learner whose log ends with {@code lastZxid}. */
    public static QuorumPacket ackEpoch(long lastZxid, EpochAck ack) {
        return of(PacketType.ACKEPOCH, lastZxid, encode(Integer.BYTES, ack::write));
    }

    /** DIFF up to this zxid. */
    public static QuorumPacket diff(long zxid) {
        return of(PacketType.DIFF, zxid, null);
    }

    /** TRUNC of everything behind this zxid. */
    public static QuorumPacket trunc(long zxid) {
        return of(PacketType.TRUNC, zxid, null);
    }

    /** SNAP of the state after this zxid; the snapshot itself must follow it. */
    public static QuorumPacket snap(long zxid) {
        return of(PacketType.SNAP, zxid, null);
    }

    /** NEWLEADER for the epoch that begins, with the configuration of the leader. */
    public static QuorumPacket newLeader(long newEpoch, String config) {
        return of(PacketType.NEWLEADER, Zxid.of(newEpoch, 0), config.getBytes(UTF_8));
    }

    /** UPTODATE. */
    public static QuorumPacket upToDate() {
        return of(PacketType.UPTODATE, NO_ZXID, null);
    }

    /** PROPOSAL of an encoded transaction. */
    public static QuorumPacket proposal(long zxid, byte[] txn) {
        return of(PacketType.PROPOSAL, zxid, txn);
    }

    /** ACK of a transaction, or of NEWLEADER and UPTODATE by the zxid the epoch begins with. */
    public static QuorumPacket ack(long zxid) {
        return of(PacketType.ACK, zxid, null);
    }

    /** COMMIT of a transaction. */
    public static QuorumPacket commit(long zxid) {
        return of(PacketType.COMMIT, zxid, null);
    }

    /** INFORM of an encoded transaction. */
    public static QuorumPacket inform(long zxid, byte[] txn) {
        return of(PacketType.INFORM, zxid, txn);
    }

    /** COMMITANDACTIVATE of a reconfiguration, after which this server is to lead. */
    public static QuorumPacket commitAndActivate(long zxid, long designatedLeader) {
        Activation activation = new Activation(designatedLeader, new byte[0]);
        return of(PacketType.COMMITANDACTIVATE, zxid, encode(Long.BYTES, activation::write));
    }

    /** INFORMANDACTIVATE of a reconfiguration. */
    public static QuorumPacket informAndActivate(long zxid, Activation activation) {
        byte[] data = encode(Long.BYTES + activation.txn().length, activation::write);
        return of(PacketType.INFORMANDACTIVATE, zxid, data);
    }

    /** PING of a leader that proposed up to this zxid. */
    public static QuorumPacket ping(long lastProposed) {
        return of(PacketType.PING, lastProposed, null);
    }

    /** A learner's answer to a PING, with the same zxid. */
    public static QuorumPacket pingReply(long zxid, SessionTouches touches) {
        byte[] data = encode(touches.touches().size() * SessionTouch.BYTES, touches::write);
        return of(PacketType.PING, zxid, data);
    }

    /** REVALIDATE from a learner. */
    public static QuorumPacket revalidate(Revalidation revalidation) {
        return of(PacketType.REVALIDATE, NO_ZXID, encode(Revalidation.BYTES, revalidation::write));
    }

    /** REVALIDATE to a learner. */
    public static QuorumPacket revalidateReply(RevalidationReply reply) {
        return of(PacketType.REVALIDATE, NO_ZXID, encode(RevalidationReply.BYTES, reply::write));
    }

    /**
     * REQUEST to the leader.
     *
     * @param authinfo what the client has proven to be, in order; null with the creation of a session
     */
    public static QuorumPacket request(ForwardedRequest request, List<Identity> authinfo) {
        byte[] data = encode(ForwardedRequest.HEADER_BYTES + request.request().length, request::write);
        return new QuorumPacket(PacketType.REQUEST.code(), NO_ZXID, data, authinfo);
    }

    /** SYNC, the answer to a forwarded sync. */
    public static QuorumPacket sync() {
        return of(PacketType.SYNC, 0, null);
    }

    private static QuorumPacket of(PacketType type, long zxid, byte[] data) {
        return new QuorumPacket(type.code(), zxid, data, null);
    }

    private static byte[] encode(int length, Consumer<JuteWriter> write) {
        byte[] bytes = new byte[length];
        write.accept(new JuteWriter().wrap(new UnsafeBuffer(bytes), 0));
        return bytes;
    }

    private static List<Identity> readAuthinfo(JuteReader reader) {
        int count = reader.readCount(IDENTITY_BYTES_MIN);
        if (count < 0) {
            return null;
        }
        Identity[] identities = new Identity[count];
        for (int i = 0; i < count; i++) {
            identities[i] = Identity.read(reader);
        }
        return Collections.unmodifiableList(Arrays.asList(identities));
    }
}
