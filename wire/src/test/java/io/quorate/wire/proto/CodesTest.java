package io.quorate.wire.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.wire.Codec;
import io.quorate.wire.jute.MalformedException;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of the protocol's tables (client-protocol sections 3.3, 7 and 12.1). */
class CodesTest {
    @Test
    void operationsAreFoundByTheirCodeAndNothingElseIs() {
        assertThat(codesFound(OpCode::of))
                .isEqualTo("-11 -10 -1 0 1 2 3 4 5 6 7 8 9 11 12 13 14 15 16 17 18 19 20 21 22"
                        + " 100 101 102 103 104 105 106 107");
        assertThat(Arrays.stream(OpCode.values())).allMatch(op -> OpCode.of(op.code()) == op);
    }

    @Test
    void errorsAreFoundByTheirCodeAndNothingElseIs() {
        assertThat(codesFound(ErrorCode::of))
                .isEqualTo("-127 -125 -124 -123 -122 -121 -120 -119 -118 -115 -114 -113 -112 -111 -110 -108"
                        + " -103 -102 -101 -100 -14 -13 -12 -8 -7 -6 -5 -4 -3 -2 -1 0");
        assertThat(Arrays.stream(ErrorCode.values())).allMatch(error -> ErrorCode.of(error.code()) == error);
    }

    @Test
    void eventTypesAreFoundByTheirCodeAndNothingElseIs() {
        assertThat(codesFound(EventType::of)).isEqualTo("-1 1 2 3 4 5 6 7");
        assertThat(Arrays.stream(EventType.values())).allMatch(type -> EventType.of(type.code()) == type);
    }

    @Test
    void extremesAreUnknown() {
        assertThat(OpCode.of(Integer.MIN_VALUE)).isNull();
        assertThat(OpCode.of(Integer.MAX_VALUE)).isNull();
        assertThat(ErrorCode.of(Integer.MIN_VALUE)).isNull();
        assertThat(EventType.of(Integer.MIN_VALUE)).isNull();
        assertThat(EventType.of(Integer.MAX_VALUE)).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_SESSION", "ERROR", "NOTIFICATION"})
    void internalOperationsAreNoRequests(OpCode op) {
        assertThatThrownBy(() -> Requests.read(op, Codec.reader(new byte[100]))).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE_SESSION", "NOTIFICATION"})
    void whatHasNoReplyIsNoResponse(OpCode op) {
        assertThatThrownBy(() -> Responses.read(op, Codec.reader(new byte[100])))
                .isInstanceOf(MalformedException.class);
    }

    private static String codesFound(IntFunction<?> of) {
        return IntStream.rangeClosed(-300, 300)
                .filter(code -> of.apply(code) != null)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
    }
}
