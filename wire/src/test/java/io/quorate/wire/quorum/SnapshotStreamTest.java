package io.quorate.wire.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Allocations;
import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.RandomRecords;
import io.quorate.wire.Seed;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotStreamTest {
    private static final int LENGTH_MAX = 1000;
    private static final String NOTHING = "00000000 00000000 ";
    private static final String ZEROS = "0000000000000000 0000000000000000 0000000000000000 0000000000000000 ";
    private static final String ROOT = "00000000 00000000 ffffffffffffffff" + ZEROS + "00000000 00000000 00000000"
            + "0000000000000000 0000000000000000";
    private static final String END = "00000001 2f 0000000a 42656e5761734865726500";

    /** Keeps everything, to write it again as it was. */
    private static final class Recorded implements SnapshotSink {
        private final List<SessionTouch> sessions = new ArrayList<>();
        private final List<Long> aclIds = new ArrayList<>();
        private final List<List<Acl>> acls = new ArrayList<>();
        private final List<String> paths = new ArrayList<>();
        private final List<SnapshotNode> nodes = new ArrayList<>();
        private int ends;

        @Override
        public void session(long id, int timeoutMillis) {
            sessions.add(new SessionTouch(id, timeoutMillis));
        }

        @Override
        public void acl(long id, List<Acl> acl) {
            aclIds.add(id);
            acls.add(acl);
        }

        @Override
        public void node(String path, SnapshotNode node) {
            paths.add(path);
            nodes.add(node);
        }

        @Override
        public void end() {
            ends++;
        }

        void write(JuteWriter writer) {
            writer.writeInt(sessions.size());
            sessions.forEach(session -> session.write(writer));
            writer.writeInt(acls.size());
            for (int i = 0; i < acls.size(); i++) {
                writer.writeLong(aclIds.get(i));
                Acl.writeList(writer, acls.get(i));
            }
            for (int i = 0; i < nodes.size(); i++) {
                writer.writeString(paths.get(i));
                nodes.get(i).write(writer);
            }
            writer.writeString(SnapshotStream.TERMINATOR);
            writer.writeString(SnapshotStream.SIGNATURE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 100_000})
    void theCapturedSnapshotIsUnderstoodBetweenPacketsHoweverItArrives(int chunk) {
        Recorded recorded = new Recorded();
        SnapshotStream stream = new SnapshotStream(recorded, JuteReader.LENGTH_MAX_DEFAULT);
        PacketCutter cutter = new PacketCutter(JuteReader.LENGTH_MAX_DEFAULT);
        List<QuorumPacket> packets = new ArrayList<>();
        byte[] bytes = Captures.bytes("quorum-snap-leader-to-learner");
        byte[] rest = Chunks.feed(bytes, () -> chunk, (buffer, offset, available) -> {
            boolean snapped = packets.size() == 2;
            if (snapped && !stream.isComplete()) {
                return stream.read(buffer, offset, available);
            }
            int length = cutter.length(buffer, offset, available);
            if (length == PacketCutter.MORE) {
                return 0;
            }
            packets.add(QuorumPacket.read(new JuteReader().wrap(buffer, offset, length)));
            return length;
        });
        assertThat(rest).isEmpty();
        assertThat(packets.get(1)).isEqualTo(QuorumPacket.snap(Zxid.of(1, 12)));
        assertThat(packets.get(2).packetType()).isEqualTo(PacketType.NEWLEADER);
        assertThat(recorded.ends).isOne();
        assertThat(recorded.sessions).containsExactly(new SessionTouch(0x0200001589920001L, 10_000));
        assertThat(recorded.aclIds).containsExactly(1L, 2L);
        assertThat(recorded.acls).containsExactly(Acl.READ_UNSAFE, Acl.OPEN_UNSAFE);
        assertThat(recorded.paths).startsWith("").contains("/a", "/zookeeper", "/zookeeper/config");
        assertThat(recorded.nodes.get(recorded.paths.indexOf("/a")).data())
                .asString()
                .isEqualTo("world");
        assertThat(recorded.nodes.get(0).pzxid()).isEqualTo(Zxid.of(1, 12));
        assertThat(Hex.text(Codec.encode(writer -> {
                    packets.get(0).write(writer);
                    packets.get(1).write(writer);
                    recorded.write(writer);
                    packets.subList(2, packets.size()).forEach(packet -> packet.write(writer));
                })))
                .isEqualTo(Hex.text(bytes));
    }

    @Test
    void anySnapshotIsTheSameHoweverItArrives() {
        Random random = Seed.random(SnapshotStream.class);
        for (int round = 0; round < Seed.ROUNDS; round++) {
            Recorded sent = random(random);
            byte[] bytes = Codec.encode(sent::write);
            String replay = Seed.replay(getClass(), Hex.text(bytes));
            Recorded received = new Recorded();
            SnapshotStream stream = new SnapshotStream(received, LENGTH_MAX);
            int chunkMax = 1 + random.nextInt(60);
            byte[] behind = {1, 2, 3};
            byte[] all = Arrays.copyOf(bytes, bytes.length + behind.length);
            System.arraycopy(behind, 0, all, bytes.length, behind.length);
            byte[] rest = Chunks.feed(all, () -> 1 + random.nextInt(chunkMax), stream::read);
            assertThat(rest).as(replay).isEqualTo(behind);
            assertThat(stream.isComplete()).as(replay).isTrue();
            assertThat(received.ends).as(replay).isOne();
            assertThat(Hex.text(Codec.encode(received::write))).as(replay).isEqualTo(Hex.text(bytes));
        }
    }

    @Test
    void anEmptyTreeIsASnapshot() {
        Recorded recorded = new Recorded();
        byte[] bytes = Hex.bytes(NOTHING + ROOT + END);
        assertThat(feed(recorded, bytes, () -> 1)).containsExactly(0);
        assertThat(recorded.paths).containsExactly("");
        assertThat(recorded.ends).isOne();
    }

    @Test
    void anAccessListThatIsNullIsEmpty() {
        Recorded recorded = new Recorded();
        feed(recorded, Hex.bytes("00000000 00000001 0000000000000005 ffffffff" + ROOT + END), () -> 1);
        assertThat(recorded.aclIds).containsExactly(5L);
        assertThat(recorded.acls).containsExactly(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff",
                "00000000 ffffffff",
                "00000000 00000001 0000000000000001 fffffffe",
                "00000000 00000001 0000000000000001 7fffffff",
                "00000000 00000001 0000000000000001 00000001 0000001f 7fffffff",
                "00000000 00000001 0000000000000001 00000001 0000001f 00000000 000003e9",
                NOTHING + "ffffffff",
                NOTHING + "7fffffff",
                NOTHING + "00000001 2f",
                NOTHING + "00000002 2f61",
                NOTHING + "00000000 7fffffff",
                NOTHING + "00000000 000003e9",
                NOTHING + ROOT + "ffffffff",
                NOTHING + ROOT + "00000000",
                NOTHING + ROOT + "00000001 61",
                NOTHING + ROOT + "00000002 2f61 fffffffe",
                NOTHING + ROOT + "00000001 2f ffffffff",
                NOTHING + ROOT + "00000001 2f 0000000a 42656e57617348657266",
            })
    void whatCannotBeASnapshotIsRefusedAsSoonAsItIsThere(String hex) {
        byte[] bytes = Hex.bytes(hex);
        Recorded recorded = new Recorded();
        assertThatThrownBy(() -> feed(recorded, bytes, () -> bytes.length)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> feed(new Recorded(), bytes, () -> 1)).isInstanceOf(MalformedException.class);
        feed(new Recorded(), Arrays.copyOf(bytes, bytes.length - 1), () -> 1);
        assertThat(recorded.ends).isZero();
    }

    @Test
    void anAccessListIsLimitedAsAWhole() {
        Recorded sent = new Recorded();
        sent.aclIds.add(1L);
        sent.acls.add(List.of(
                new Acl(1, new Identity("digest", "x".repeat(600))),
                new Acl(1, new Identity("digest", "y".repeat(600)))));
        sent.node("", SnapshotNode.read(Codec.reader(Hex.bytes(ROOT.substring(ROOT.indexOf(' '))))));
        byte[] bytes = Codec.encode(sent::write);
        assertThatThrownBy(() -> feed(new Recorded(), bytes, () -> bytes.length))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("access list");
        SnapshotStream roomier = new SnapshotStream(new Recorded(), 2 * LENGTH_MAX);
        assertThat(roomier.read(new UnsafeBuffer(bytes), 0, bytes.length)).isEqualTo(bytes.length);
    }

    @Test
    void nonsenseIsRefusedOrWaitsAndNeverCostsMuchMemory() {
        Random random = Seed.random(SnapshotStreamTest.class);
        for (int round = 0; round < 20 * Seed.ROUNDS; round++) {
            byte[] bytes = Codec.encode(random(random)::write);
            for (int mutation = random.nextInt(3); mutation >= 0; mutation--) {
                mutate(bytes, random);
            }
            UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            String replay = Seed.replay(getClass(), Hex.text(bytes));
            SnapshotStream stream = new SnapshotStream(new Recorded(), LENGTH_MAX);
            long before = Allocations.bytes();
            try {
                int consumed = stream.read(buffer, 0, bytes.length);
                assertThat(consumed).as(replay).isBetween(0, bytes.length);
            } catch (MalformedException refused) {
                assertThat(refused.getMessage()).as(replay).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError(replay, e);
            }
            assertThat(Allocations.bytes() - before).as(replay).isLessThan(Allocations.SMALL_MAX);
        }
    }

    private static void mutate(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length - Integer.BYTES);
        if (random.nextBoolean()) {
            bytes[at] = (byte) random.nextInt();
        } else {
            ByteBuffer.wrap(bytes).putInt(at, random.nextBoolean() ? random.nextInt() : random.nextInt(40) - 4);
        }
    }

    /** Any snapshot but for the order of its nodes, which is not the stream's business. */
    private static Recorded random(Random random) {
        RandomRecords records = new RandomRecords(random);
        Recorded snapshot = new Recorded();
        for (int count = random.nextInt(4); count > 0; count--) {
            snapshot.session(random.nextLong(), random.nextInt());
        }
        for (int count = random.nextInt(4); count > 0; count--) {
            List<Acl> acl = new ArrayList<>();
            for (int entries = random.nextInt(4); entries > 0; entries--) {
                acl.add(records.next(Acl.class));
            }
            snapshot.acl(random.nextLong(), acl);
        }
        snapshot.node("", records.next(SnapshotNode.class));
        for (int count = random.nextInt(6); count > 0; count--) {
            snapshot.node("/n" + random.nextInt(100), records.next(SnapshotNode.class));
        }
        return snapshot;
    }

    private static byte[] feed(SnapshotSink sink, byte[] bytes, IntSupplier sizes) {
        return Chunks.feed(bytes, sizes, new SnapshotStream(sink, LENGTH_MAX)::read);
    }
}
