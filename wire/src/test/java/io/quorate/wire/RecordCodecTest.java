package io.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the codec of every record, whatever its shape. */
class RecordCodecTest {
    private static final int MUTATIONS = 20;

    static Object[] types() {
        return RandomRecords.types().toArray();
    }

    @Test
    void coversEveryRecordOfTheProtocol() {
        assertThat(RandomRecords.types()).hasSizeGreaterThan(68).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatIsWrittenIsReadAgain(Class<? extends Record> type) {
        RandomRecords records = new RandomRecords(Seed.random(type));
        for (int round = 0; round < Seed.ROUNDS; round++) {
            Record record = records.next(type);
            byte[] bytes = Codec.encode(record);
            JuteReader reader = Codec.reader(bytes);
            Record again = Codec.decode(type, reader);
            assertThat(reader.remaining()).as(replay(record)).isZero();
            assertThat(again).as(replay(record)).usingRecursiveComparison().isEqualTo(record);
            assertThat(Codec.encode(again)).as(replay(record)).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void directMemoryReadsLikeAnArray(Class<? extends Record> type) {
        Record record = new RandomRecords(Seed.random(type)).next(type);
        byte[] bytes = Codec.encode(record);
        UnsafeBuffer direct = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length + 5));
        direct.putBytes(5, bytes);
        JuteReader reader = new JuteReader().wrap(direct, 5, bytes.length);
        assertThat(Codec.encode(Codec.decode(type, reader))).as(replay(record)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @MethodSource("types")
    void whatEndsTooEarlyIsMalformedOrStillLegal(Class<? extends Record> type) {
        RandomRecords records = new RandomRecords(Seed.random(type));
        for (int round = 0; round < Seed.ROUNDS / 5; round++) {
            Record record = records.next(type);
            byte[] bytes = Codec.encode(record);
            for (int length = 0; length < bytes.length; length++) {
                readDefensively(type, Arrays.copyOf(bytes, length), record);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void nonsenseIsMalformedOrLegalAndNeverCostsMuchMemory(Class<? extends Record> type) {
        Random random = Seed.random(type);
        RandomRecords records = new RandomRecords(random);
        for (int round = 0; round < Seed.ROUNDS; round++) {
            Record record = records.next(type);
            byte[] bytes = Codec.encode(record);
            for (int mutation = 0; mutation < MUTATIONS && bytes.length > 0; mutation++) {
                readDefensively(type, mutated(bytes, random), record);
            }
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        int at = random.nextInt(mutated.length);
        if (mutated.length >= at + Integer.BYTES && random.nextBoolean()) {
            int length = random.nextBoolean() ? Integer.MAX_VALUE - random.nextInt(9) : random.nextInt(64) - 32;
            ByteBuffer.wrap(mutated).putInt(at, length);
        } else {
            mutated[at] = (byte) random.nextInt();
        }
        return mutated;
    }

    private static boolean readDefensively(Class<? extends Record> type, byte[] bytes, Record original) {
        JuteReader reader = Codec.reader(bytes);
        long before = Allocations.bytes();
        boolean refused = false;
        try {
            Codec.decode(type, reader);
        } catch (MalformedException e) {
            refused = true;
        } catch (RuntimeException e) {
            throw new AssertionError(replay(original) + "\nbytes: " + Hex.text(bytes), e);
        }
        assertThat(Allocations.bytes() - before).as(replay(original)).isLessThan(Allocations.SMALL_MAX);
        return refused;
    }

    private static String replay(Record record) {
        return Seed.replay(RecordCodecTest.class, record);
    }
}
