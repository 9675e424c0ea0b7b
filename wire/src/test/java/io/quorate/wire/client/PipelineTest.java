package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.EmptyResponse;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How requests are sent, answered, lost and given up. */
final class PipelineTest {
    @Test
    void requestsDoNotWaitForEachOthersReplies() {
        ConnectionScript script = ConnectionScript.connected();
        Call<Long> first = script.calls.delete("/a", -1);
        script.submit(first);
        script.submit(script.calls.delete("/b", 3));
        script.submit(script.calls.sync("/"));
        script.expect("send 1 DELETE", "send 2 DELETE", "send 3 SYNC");
        script.reply(1, 10);
        script.reply(2, 11, ErrorCode.BAD_VERSION);
        script.expect("done DELETE /a", "failed DELETE /b BAD_VERSION");
        assertThat(first.future()).isCompletedWithValue(10L);
    }

    @Test
    void whatIsInFlightWhenTheConnectionBreaksMayHaveBeenExecuted() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.delete("/a", -1));
        script.submit(script.calls.delete("/b", -1));
        script.reply(1, 10);
        script.skip();
        script.lose();
        script.expect("session DISCONNECTED", "failed DELETE /b CONNECTION_LOSS, maybe executed");
    }

    @Test
    void whatWasSubmittedBeforeTheLossWasToldIsNeverSent() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.delete("/a", -1));
        script.lose();
        script.skip();
        script.submit(script.calls.delete("/b", -1), 0);
        script.submit(script.calls.delete("/c", -1), 1);
        script.expect("failed DELETE /b CONNECTION_LOSS");
        script.advance(100);
        script.accept();
        script.expect(
                "connect h:1",
                "send connect session " + ConnectionScript.SESSION_ID + " zxid 0",
                "session CONNECTED",
                "send 2 DELETE");
    }

    @Test
    void whatWaitsSurvivesAttemptsThatFail() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.submit(script.calls.delete("/a", -1));
        for (int i = 0; i < 5; i++) {
            script.lose();
            script.advance(1_000);
        }
        script.skip();
        script.accept();
        script.expect("send connect session 0 zxid 0", "session CONNECTED", "send 1 DELETE");
    }

    @Test
    void aRequestThatFindsNoConnectionInTimeIsNotExecuted() {
        ConnectionScript script = new ConnectionScript("h:1");
        List<Call<?>> early = List.of(script.calls.delete("/a", -1), script.calls.addAuth("digest", new byte[1]));
        Call<?> later = script.calls.delete("/b", -1);
        early.forEach(script::submit);
        script.advance(1_000);
        script.submit(later);
        script.advance(58_999);
        assertThat(early).noneMatch(Call::isSettled);
        script.advance(1);
        assertThat(early).extracting(Call::failure).allSatisfy(PipelineTest::isTimeoutBeforeSending);
        assertThat(later.isSettled()).isFalse();
        script.advance(1_000);
        assertThat(later.failure()).satisfies(PipelineTest::isTimeoutBeforeSending);
    }

    private static void isTimeoutBeforeSending(CoordinatorException failure) {
        assertThat(failure).isInstanceOf(CoordinatorException.OperationTimeout.class);
        assertThat(failure.mayHaveBeenExecuted()).isFalse();
    }

    @Test
    void aLateReplyIsForNobodyAndKeepsTheOrder() {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.getData("/a", script.watcher("w")));
        for (int i = 0; i < 20; i++) {
            script.advance(3_000);
            script.reply(-2, 0);
        }
        script.submit(script.calls.delete("/b", -1));
        script.skip();
        script.reply(1, 9, new io.quorate.wire.proto.GetDataResponse(null, Stats.of(1)));
        script.reply(2, 10);
        script.expect("done DELETE /b");
        script.event(io.quorate.wire.proto.EventType.NODE_DELETED, "/a", 11);
        script.expect();
    }

    @Test
    void numbersGoRoundBeforeTheyMeetTheSpecialOnes() {
        CallQueue queue = new CallQueue(1);
        assertThat(queue.nextXid()).isEqualTo(1);
        for (int i = 0; i < 10; i++) {
            assertThat(queue.nextXid()).isPositive();
        }
    }

    static List<Nonsense> nonsense() {
        Consumer<ConnectionScript> shortHeader = script -> script.bytes(new byte[15]);
        return List.of(
                new Nonsense("a header too short", shortHeader),
                new Nonsense("a reply to nothing", script -> script.reply(3, 1)),
                new Nonsense("a reply out of order", script -> script.reply(2, 1)),
                new Nonsense("a reply number of nobody", script -> script.reply(-7, 1)),
                new Nonsense("an unknown error", script -> script.frame(w -> new ReplyHeader(1, 1, -99).write(w))),
                new Nonsense("a positive error", script -> script.frame(w -> new ReplyHeader(1, 1, 5).write(w))),
                new Nonsense("no body", script -> script.reply(1, 1, EmptyResponse.INSTANCE)),
                new Nonsense("too few results", script -> script.reply(1, 1, new MultiResponse(List.of()))),
                new Nonsense("a result with an unknown error", script -> script.reply(1, 1, results(-99))),
                new Nonsense(
                        "an event without a path",
                        script -> script.frame(writer -> {
                            new ReplyHeader(-1, 1, 0).write(writer);
                            writer.writeInt(1);
                            writer.writeInt(3);
                            writer.writeString(null);
                        })),
                new Nonsense(
                        "an unknown event",
                        script -> script.frame(writer -> {
                            new ReplyHeader(-1, 1, 0).write(writer);
                            writer.writeInt(9);
                            writer.writeInt(3);
                            writer.writeString("/a");
                        })),
                new Nonsense("a ping not asked for", script -> script.reply(-2, 1)),
                new Nonsense("credentials not sent", script -> script.reply(-4, 1)),
                new Nonsense("watches not sent", script -> script.reply(-8, 1)),
                new Nonsense("what the transport cannot cut", script -> script.connection.onMalformed("cut", 5)));
    }

    private static MultiResponse results(int error) {
        return new MultiResponse(List.of(new MultiResult(OpCode.ERROR.code(), error, new ErrorResponse(error))));
    }

    record Nonsense(String name, Consumer<ConnectionScript> said) {
        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("nonsense")
    void aServerThatTalksNonsenseIsLeft(Nonsense nonsense) {
        ConnectionScript script = ConnectionScript.connected();
        script.submit(script.calls.multi(List.of(WriteOp.delete("/a", -1))));
        script.submit(script.calls.multi(List.of(WriteOp.delete("/b", -1))));
        script.skip();
        nonsense.said().accept(script);
        script.expect(
                "disconnect",
                "session DISCONNECTED",
                "failed MULTI CONNECTION_LOSS, maybe executed",
                "failed MULTI CONNECTION_LOSS, maybe executed");
        script.advance(100);
        script.accept();
        assertThat(script.connection.isConnected()).isTrue();
    }

    @Test
    void aGreetingThatIsNoneIsLeftToo() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.connect();
        script.skip();
        script.bytes(new byte[16]);
        script.expect("disconnect");
        script.advance(100);
        script.skip();
        script.connect();
        script.answer(new ConnectResponse(0, 5_000, 0, ConnectionScript.PASSWORD, false, true));
        script.expect("send connect session 0 zxid 0", "disconnect");
        script.advance(200);
        script.skip();
        script.connect();
        script.answer(new ConnectResponse(0, 5_000, 1, null, false, true));
        script.expect("send connect session 0 zxid 0", "disconnect");
    }
}
