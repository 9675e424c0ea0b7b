package io.quorate.wire.quorum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Allocations;
import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.RandomRecords;
import io.quorate.wire.Seed;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.proto.Identity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketCutterTest {
    private static final int LENGTH_MAX = 1000;
    private static final String HEAD = "00000002 0000000100000002 ";

    @Test
    void cutsTheSamePacketsHoweverTheyArrive() {
        Random random = Seed.random(PacketCutter.class);
        RandomRecords records = new RandomRecords(random);
        for (int round = 0; round < Seed.ROUNDS; round++) {
            List<String> sent = new ArrayList<>();
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            for (int count = 1 + random.nextInt(6); count > 0; count--) {
                byte[] packet = Codec.encode(records.next(QuorumPacket.class));
                sent.add(Hex.text(packet));
                stream.writeBytes(packet);
            }
            List<String> cut = new ArrayList<>();
            PacketCutter cutter = new PacketCutter(LENGTH_MAX);
            int chunkMax = 1 + random.nextInt(40);
            byte[] rest = Chunks.feed(
                    stream.toByteArray(), () -> 1 + random.nextInt(chunkMax), (buffer, offset, available) -> {
                        int length = cutter.length(buffer, offset, available);
                        if (length == PacketCutter.MORE) {
                            return 0;
                        }
                        byte[] packet = new byte[length];
                        buffer.getBytes(offset, packet);
                        cut.add(Hex.text(packet));
                        return length;
                    });
            assertThat(cut).as(Seed.replay(getClass(), sent)).isEqualTo(sent);
            assertThat(rest).as(Seed.replay(getClass(), sent)).isEmpty();
        }
    }

    @Test
    void aPacketIsThereOnlyWithItsLastByte() {
        QuorumPacket packet = new QuorumPacket(
                1, -1, new byte[3], List.of(new Identity("ip", "127.0.0.1"), new Identity("digest", null)));
        byte[] bytes = Codec.encode(packet);
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        PacketCutter cutter = new PacketCutter(LENGTH_MAX);
        for (int available = 0; available < bytes.length; available++) {
            assertThat(cutter.length(buffer, 0, available)).isEqualTo(PacketCutter.MORE);
            assertThat(new PacketCutter(LENGTH_MAX).length(buffer, 0, available))
                    .isEqualTo(PacketCutter.MORE);
        }
        assertThat(cutter.length(buffer, 0, bytes.length)).isEqualTo(bytes.length);
        assertThat(cutter.length(buffer, 0, bytes.length)).as("the next packet").isEqualTo(bytes.length);
    }

    /** Nothing of what the length announces is there yet: nobody waits for it. */
    @ParameterizedTest
    @CsvSource({"fffffffe", "80000000", "7fffffff", "000003e9"})
    void aLengthThatCannotBeIsRefusedAsSoonAsItIsThere(String length) {
        assertRefused(HEAD + length);
        assertRefused(HEAD + "ffffffff 00000001" + length);
        assertRefused(HEAD + "ffffffff 00000001 ffffffff" + length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7fffffff", "10000000", "0000007e"})
    void moreIdentitiesThanTheLimitHasRoomForAreRefused(String count) {
        assertRefused(HEAD + "ffffffff " + count);
    }

    @Test
    void identitiesAreLimitedTogether() {
        List<Identity> identities = Collections.nCopies(4, new Identity("digest", "x".repeat(300)));
        byte[] bytes = Codec.encode(new QuorumPacket(1, -1, null, identities));
        assertRefused(Hex.text(bytes));
        assertThat(new PacketCutter(bytes.length).length(new UnsafeBuffer(bytes), 0, bytes.length))
                .isEqualTo(bytes.length);
    }

    @Test
    void dataOfExactlyTheLimitPass() {
        byte[] bytes = Codec.encode(new QuorumPacket(2, 1, new byte[LENGTH_MAX], null));
        assertThat(new PacketCutter(LENGTH_MAX).length(new UnsafeBuffer(bytes), 0, bytes.length))
                .isEqualTo(bytes.length);
    }

    @Test
    void theLimitItselfHasALimit() {
        assertThatThrownBy(() -> new PacketCutter(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PacketCutter(PacketCutter.LENGTH_MAX_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsCutFromNonsenseCanBeReadToItsEnd() {
        Random random = Seed.random(PacketCutterTest.class);
        int packets = 0;
        for (int round = 0; round < 400 * Seed.ROUNDS; round++) {
            byte[] bytes = nonsense(random);
            UnsafeBuffer buffer = new UnsafeBuffer(bytes);
            String replay = Seed.replay(getClass(), Hex.text(bytes));
            long before = Allocations.bytes();
            try {
                int length = new PacketCutter(LENGTH_MAX).length(buffer, 0, bytes.length);
                if (length != PacketCutter.MORE) {
                    JuteReader reader = new JuteReader(LENGTH_MAX).wrap(buffer, 0, length);
                    QuorumPacket.read(reader);
                    assertThat(reader.remaining()).as(replay).isZero();
                    packets++;
                }
            } catch (MalformedException refused) {
                assertThat(refused.getMessage()).as(replay).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError(replay, e);
            }
            assertThat(Allocations.bytes() - before).as(replay).isLessThan(Allocations.SMALL_MAX);
        }
        assertThat(packets).as("rounds that came to an end").isGreaterThan(Seed.ROUNDS);
    }

    /** Random bytes, with small and impossible lengths where lengths are. */
    private static byte[] nonsense(Random random) {
        ByteBuffer bytes = ByteBuffer.allocate(random.nextInt(120));
        random.nextBytes(bytes.array());
        for (int at = 12; at + Integer.BYTES <= bytes.capacity(); at += Integer.BYTES) {
            if (random.nextInt(3) > 0) {
                bytes.putInt(at, random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(9) - 2);
            }
        }
        return bytes.array();
    }

    private static void assertRefused(String hex) {
        byte[] bytes = Hex.bytes(hex);
        assertThatThrownBy(() -> new PacketCutter(LENGTH_MAX).length(new UnsafeBuffer(bytes), 0, bytes.length))
                .isInstanceOf(MalformedException.class);
    }
}
