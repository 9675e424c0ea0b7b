package io.quorate.wire.proto;

import static io.quorate.wire.Frames.answered;
import static io.quorate.wire.Frames.asked;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.Hex;
import io.quorate.wire.jute.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of multi and multiRead of a 3.9.5 server (client-protocol sections 13.8 and 13.9), and what section 9.1 forbids. */
class MultiTranscriptTest {
    private static final String END = "| ffffffff 01 ffffffff";
    private static final String OPEN = "00000001 0000001f 00000005 776f726c64 00000006 616e796f6e65";

    @Test
    void aMultiThatSucceeds() {
        MultiRequest request = (MultiRequest) asked("00000083 | 00000007 0000000e"
                        + "| 00000001 00 ffffffff | 00000002 2f6d 00000001 31 " + OPEN + " 00000000"
                        + "| 00000005 00 ffffffff | 00000002 2f6d 00000002 3232 00000000"
                        + "| 0000000d 00 ffffffff | 00000002 2f6d 00000001"
                        + "| 00000002 00 ffffffff | 00000002 2f6d ffffffff" + END)
                .request();
        assertThat(request.ops()).extracting(MultiOp::type).containsExactly(1, 5, 13, 2);
        assertThat(request.ops().get(2).request()).isEqualTo(new CheckVersionRequest("/m", 1));
        MultiResponse response = (MultiResponse) answered(
                        OpCode.MULTI,
                        "00000087 | 00000007 0000000000000012 00000000"
                                + "| 00000001 00 00000000 | 00000002 2f6d"
                                + "| 00000005 00 00000000 | 0000000000000012 0000000000000012 000001a1fbab9715"
                                + "000001a1fbab9715 00000001 00000000 00000000 0000000000000000 00000002 00000000"
                                + "0000000000000012"
                                + "| 0000000d 00 00000000 | 00000002 00 00000000" + END)
                .response();
        Stat stat = new Stat(0x12, 0x12, 0x1a1fbab9715L, 0x1a1fbab9715L, 1, 0, 0, 0, 2, 0, 0x12);
        assertThat(response.results())
                .containsExactly(
                        MultiResult.success(OpCode.CREATE, new CreateResponse("/m")),
                        MultiResult.success(OpCode.SET_DATA, new StatResponse(stat)),
                        MultiResult.success(OpCode.CHECK, EmptyResponse.INSTANCE),
                        MultiResult.success(OpCode.DELETE, EmptyResponse.INSTANCE));
    }

    @Test
    void aMultiThatFails() {
        asked("00000073 | 00000008 0000000e"
                + "| 00000001 00 ffffffff | 00000002 2f6d 00000001 31 " + OPEN + " 00000000"
                + "| 00000002 00 ffffffff | 00000005 2f6e6f7065 ffffffff"
                + "| 00000005 00 ffffffff | 00000002 2f6d 00000002 3232 00000000" + END);
        MultiResponse response = (MultiResponse) answered(
                        OpCode.MULTI,
                        "00000040 | 00000008 0000000000000013 00000000 | ffffffff 00 00000000 | 00000000"
                                + "| ffffffff 00 ffffff9b | ffffff9b | ffffffff 00 fffffffe | fffffffe" + END)
                .response();
        assertThat(response.results())
                .containsExactly(MultiResult.error(0), MultiResult.error(-101), MultiResult.error(-2));
    }

    @Test
    void aMultiRead() {
        MultiReadRequest request = (MultiReadRequest) asked("00000044 | 00000013 00000016"
                        + "| 00000004 00 ffffffff 00000002 2f68 00 | 00000008 00 ffffffff 00000002 2f68 00"
                        + "| 00000004 00 ffffffff 00000005 2f6e6f7065 00" + END)
                .request();
        assertThat(request.ops())
                .containsExactly(
                        new MultiOp(4, new GetDataRequest("/h", false)),
                        new MultiOp(8, new GetChildrenRequest("/h", false)),
                        new MultiOp(4, new GetDataRequest("/nope", false)));
        MultiResponse response = (MultiResponse) answered(
                        OpCode.MULTI_READ,
                        "00000094 | 00000013 0000000000000015 00000000 | 00000004 00 00000000 | 00000000"
                                + "00".repeat(68)
                                + "| 00000008 00 00000000 | 00000001 0000000c 732d30303030303030303030"
                                + "| ffffffff 00 ffffff9b | ffffff9b" + END)
                .response();
        assertThat(response.results().get(1))
                .isEqualTo(MultiResult.success(OpCode.GET_CHILDREN, new GetChildrenResponse(List.of("s-0000000000"))));
    }

    @Test
    void anEmptyMultiIsLegal() {
        assertThat(Requests.read(OpCode.MULTI, Codec.reader(Hex.bytes(END)))).isEqualTo(new MultiRequest(List.of()));
    }

    @Test
    void modesThatCannotBeAreLeftToTheServer() {
        MultiRequest request = MultiRequest.read(
                Codec.reader(Hex.bytes("00000001 00 ffffffff | 00000002 2f6d 00000000 00000000 00000063" + END)));
        assertThat(((CreateRequest) request.ops().get(0).request()).flags()).isEqualTo(99);
    }

    @ParameterizedTest
    @ValueSource(ints = {-11, -10, -1, 0, 3, 4, 6, 7, 8, 9, 10, 11, 12, 14, 16, 17, 18, 20, 22, 99, 100, 101, 107})
    void whatIsNoPartOfAMultiIsMalformed(int type) {
        assertThatThrownBy(() -> MultiRequest.read(Codec.reader(part(type))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("operation " + type + " ");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 2, 3, 5, 6, 7, 12, 13, 14, 15, 19, 20, 21, 22, 99})
    void whatIsNoPartOfAMultiReadIsMalformed(int type) {
        assertThatThrownBy(() -> MultiReadRequest.read(Codec.reader(part(type))))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("operation " + type + " ");
    }

    @Test
    void aMissingEndIsMalformed() {
        byte[] noEnd = Hex.bytes("00000002 00 ffffffff | 00000002 2f6d ffffffff");
        assertThatThrownBy(() -> MultiRequest.read(Codec.reader(noEnd))).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> MultiRequest.read(Codec.reader(new byte[0]))).isInstanceOf(MalformedException.class);
    }

    @Test
    void aResultOfAnImpossibleTypeIsMalformed() {
        byte[] nested = Hex.bytes("0000000e 00 00000000" + END + END);
        assertThatThrownBy(() -> MultiResponse.read(Codec.reader(nested))).isInstanceOf(MalformedException.class);
    }

    private static byte[] part(int type) {
        return Hex.bytes(String.format("%08x", type)
                + "00 ffffffff | 00000000 00000000 00000000 00000000 0000000000000000" + END);
    }
}
