package io.quorate.wire.quorum;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.Seed;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.MalformedException;
import io.quorate.wire.quorum.ElectionHello.Address;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionHelloTest {
    private static final String ONE = "ffffffffffff0000 0000000000000001 ";
    private static final String CAPTURED = ONE + "0000000f 3132372e302e302e313a3437333331";

    @Test
    void theCapturedMessageIsThereWithItsLastByte() {
        byte[] bytes = Hex.bytes(CAPTURED + "000000b6");
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int available = 0; available < 35; available++) {
            assertThat(ElectionHello.length(buffer, 0, available)).isEqualTo(ElectionHello.MORE);
        }
        assertThat(ElectionHello.length(buffer, 0, bytes.length)).isEqualTo(35);
        assertThat(ElectionHello.read(new JuteReader().wrap(buffer, 0, 35)))
                .isEqualTo(new ElectionHello(ElectionHello.ONE_ADDRESS, 1, List.of(new Address("127.0.0.1", 47331))));
    }

    @Test
    void theOldestPeersSayTheirIdOnly() {
        byte[] bytes = Hex.bytes("0000000000000002 000000b6");
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertThat(ElectionHello.length(buffer, 0, 7)).isEqualTo(ElectionHello.MORE);
        assertThat(ElectionHello.length(buffer, 0, bytes.length)).isEqualTo(8);
        assertThat(ElectionHello.read(Codec.reader(bytes)))
                .isEqualTo(new ElectionHello(ElectionHello.NO_ADDRESS, 2, List.of()));
    }

    @Test
    void anObserverWithoutIdHasTheGreatest() {
        assertThat(read(ElectionHello.ONE_ADDRESS, "a:1").sid()).isOne();
        byte[] bytes = Hex.bytes("ffffffffffff0000 7fffffffffffffff 00000003 613a31");
        assertThat(ElectionHello.read(Codec.reader(bytes)).sid()).isEqualTo(ElectionHello.ANONYMOUS_OBSERVER);
    }

    @Test
    void bothVersionsMayHaveSeveralAddresses() {
        List<Address> expected = List.of(
                new Address("zk-1.example.org", 3888),
                new Address("2001:db8::1", 3889),
                new Address("10.0.0.1", 65535));
        String text = "zk-1.example.org:3888|[2001:db8::1]:3889|10.0.0.1:65535";
        for (long version : new long[] {ElectionHello.ONE_ADDRESS, ElectionHello.MANY_ADDRESSES}) {
            ElectionHello hello = read(version, text);
            assertThat(hello).isEqualTo(new ElectionHello(version, 1, expected));
            assertThat(Hex.text(Codec.encode(hello))).isEqualTo(Hex.text(bytes(version, text)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:3888", "[::]:3888", "[0:0:0:0:0:0:0:0]:3888", "0.0.0.0:1|[::]:2"})
    void addressesThatNameNoHostAreDropped(String text) {
        assertThat(read(ElectionHello.MANY_ADDRESSES, text).addresses()).isEmpty();
        assertThat(read(ElectionHello.MANY_ADDRESSES, text + "|10.0.0.1:3888").addresses())
                .containsExactly(new Address("10.0.0.1", 3888));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ":1",
                "a:",
                "a:b",
                "a:-1",
                "a:65536",
                "a:999999999999",
                "a:+1",
                "|a:1",
                "a:1|",
                "a:1||b:2",
                "::1:3888",
                "[]:1",
                "[:1",
                "[[a]]:1",
                "a]:1",
                "[::1:3888",
                "a:1 ",
                "\n"
            })
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> read(ElectionHello.ONE_ADDRESS, text)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffffffffffff", "fffffffffffeffff", "ffffffffffff0002", "8000000000000000"})
    void anUnknownVersionIsRefusedAtOnce(String version) {
        byte[] bytes = Hex.bytes(version);
        assertThatThrownBy(() -> ElectionHello.length(new UnsafeBuffer(bytes), 0, bytes.length))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ElectionHello.read(Codec.reader(bytes))).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000", "ffffffff", "00000801", "7fffffff", "80000000"})
    void textOfImpossibleLengthIsRefusedBeforeItIsThere(String length) {
        byte[] bytes = Hex.bytes(ONE + length);
        assertThatThrownBy(() -> ElectionHello.length(new UnsafeBuffer(bytes), 0, bytes.length))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ElectionHello.read(Codec.reader(bytes))).isInstanceOf(MalformedException.class);
    }

    @Test
    void theLongestTextPasses() {
        String host = "h".repeat(ElectionHello.TEXT_BYTES_MAX - 2);
        assertThat(read(ElectionHello.ONE_ADDRESS, host + ":1").addresses()).containsExactly(new Address(host, 1));
    }

    @Test
    void nonsenseIsRefusedOrUnderstood() {
        Random random = Seed.random(ElectionHello.class);
        String alphabet = "19:.[]|a-\u00e9\0";
        for (int round = 0; round < 20 * Seed.ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = 1 + random.nextInt(30); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            try {
                ElectionHello hello = read(ElectionHello.MANY_ADDRESSES, text.toString());
                if (!hello.addresses().isEmpty()) {
                    assertThat(ElectionHello.read(Codec.reader(Codec.encode(hello))))
                            .isEqualTo(hello);
                }
            } catch (MalformedException refused) {
                assertThat(refused.getMessage()).isNotEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError(Seed.replay(getClass(), text), e);
            }
        }
    }

    private static ElectionHello read(long version, String text) {
        byte[] bytes = bytes(version, text);
        assertThat(ElectionHello.length(new UnsafeBuffer(bytes), 0, bytes.length))
                .isEqualTo(bytes.length);
        return ElectionHello.read(Codec.reader(bytes));
    }

    private static byte[] bytes(long version, String text) {
        return Codec.encode(writer -> {
            writer.writeLong(version);
            writer.writeLong(1);
            writer.writeBuffer(text.getBytes(UTF_8));
        });
    }
}
