package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.Codec;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.EmptyResponse;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.RequestHeader;
import io.quorate.wire.proto.Requests;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.WatchedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Plays everything around a {@link Connection}: the time, a server that says what the test wants, and callers. It narrates the
 * orders, one line each; {@link #expect} compares what was told since it was last asked.
 */
final class ConnectionScript implements ConnectionOut {
    static final byte[] PASSWORD = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    static final long SESSION_ID = 0x10a;
    static final int TIMEOUT_MILLIS = 9_000;

    final Connection connection;
    final Calls calls;
    private final List<String> trace = new ArrayList<>();
    private boolean handshake;
    private int lossesTold;
    private long nowMillis = 1;

    ConnectionScript(String connectString) {
        this(connectString, settings -> settings);
    }

    ConnectionScript(String connectString, UnaryOperator<ClientSettings> change) {
        ClientSettings settings = change.apply(settings(connectString));
        connection = new Connection(settings, new Random(1), this);
        calls = new Calls(settings.connectString().chroot(), settings.requestBytesMax());
    }

    /** What most tests want: 9 s session, 60 s operation timeout, 5 s for closing. */
    static ClientSettings settings(String connectString) {
        return new ClientSettings(
                ConnectString.parse(connectString),
                Duration.ofMillis(TIMEOUT_MILLIS),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                100,
                1_000_000,
                1_000_000,
                false,
                List.of(),
                null,
                (event, reason) -> {},
                null,
                null,
                new ClientTraffic());
    }

    /** A client whose first server has just confirmed a new session; nothing is left to be told. */
    static ConnectionScript connected() {
        ConnectionScript script = new ConnectionScript("h:1");
        script.start();
        script.accept();
        script.trace.clear();
        return script;
    }

    // ---- what happens

    void start() {
        connection.start(nowNanos());
    }

    /** Time passes, with everything that falls due in it. */
    void advance(long millis) {
        long until = nowMillis + millis;
        while (connection.deadlineNanos() <= TimeUnit.MILLISECONDS.toNanos(until)) {
            nowMillis = Math.max(nowMillis, nanosToMillisUp(connection.deadlineNanos()));
            connection.onDeadline(nowNanos());
        }
        nowMillis = until;
    }

    private static long nanosToMillisUp(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos + 999_999);
    }

    /** Time passes, up to the next deadline and no further. */
    void advanceToDeadline() {
        nowMillis = nanosToMillisUp(connection.deadlineNanos());
        connection.onDeadline(nowNanos());
    }

    long nowNanos() {
        return TimeUnit.MILLISECONDS.toNanos(nowMillis);
    }

    /** A caller asks. */
    void submit(Call<?> call) {
        submit(call, lossesTold);
    }

    /** A caller asks who knows of so many lost connections. */
    void submit(Call<?> call, int losses) {
        call.submitted(losses, nowNanos());
        connection.submit(call, nowNanos());
    }

    void close() {
        connection.close(nowNanos());
    }

    /** A watcher that is told apart by its name. */
    Watcher watcher(String name) {
        return event -> trace.add("tell " + name + " " + event.type() + " " + event.path() + " zxid " + event.zxid());
    }

    /** The socket is there. */
    void connect() {
        handshake = true;
        connection.onConnected(nowNanos());
        handshake = false;
    }

    /** The socket is there, and the server confirms the session. */
    void accept() {
        connect();
        answer(new ConnectResponse(0, TIMEOUT_MILLIS, SESSION_ID, PASSWORD, false, true));
    }

    /** The socket is there, and the server says that the session is over. */
    void refuse() {
        connect();
        answer(new ConnectResponse(0, 0, 0, new byte[16], false, true));
    }

    void answer(ConnectResponse response) {
        frame(response::write);
    }

    void lose() {
        connection.onDisconnected("gone", nowNanos());
    }

    void reply(int xid, long zxid, Response response) {
        frame(writer -> {
            new ReplyHeader(xid, zxid, 0).write(writer);
            response.write(writer);
        });
    }

    void reply(int xid, long zxid, ErrorCode error) {
        frame(writer -> new ReplyHeader(xid, zxid, error.code()).write(writer));
    }

    /** A reply that is a header only. */
    void reply(int xid, long zxid) {
        reply(xid, zxid, EmptyResponse.INSTANCE);
    }

    void event(EventType type, String path, long zxid) {
        frame(writer -> {
            new ReplyHeader(-1, zxid, 0).write(writer);
            new WatchedEvent(type, path).write(writer);
        });
    }

    void frame(Consumer<JuteWriter> content) {
        bytes(Codec.encode(content));
    }

    void bytes(byte[] payload) {
        connection.onFrame(new UnsafeBuffer(payload), 0, payload.length, nowNanos());
    }

    // ---- what was told

    /** Compares what was told since the last time, a line each. */
    void expect(String... lines) {
        assertThat(trace).containsExactly(lines);
        trace.clear();
    }

    /** Forgets what was told. */
    void skip() {
        trace.clear();
    }

    @Override
    public void connect(HostPort host) {
        trace.add("connect " + host);
    }

    @Override
    public void send(Frame frame) {
        trace.add("send " + narrate(new UnsafeBuffer(frame.bytes(), 0, frame.length())));
    }

    private String narrate(UnsafeBuffer frame) {
        assertThat(frame.getInt(0, java.nio.ByteOrder.BIG_ENDIAN)).isEqualTo(frame.capacity() - Integer.BYTES);
        JuteReader reader = new JuteReader().wrap(frame, Integer.BYTES, frame.capacity() - Integer.BYTES);
        if (handshake) {
            ConnectRequest connect = ConnectRequest.read(reader);
            assertThat(connect.password()).isEqualTo(connect.sessionId() == 0 ? new byte[16] : PASSWORD);
            return "connect session " + connect.sessionId() + " zxid " + connect.lastZxidSeen();
        }
        RequestHeader header = RequestHeader.read(reader);
        OpCode op = OpCode.of(header.type());
        Request request = Requests.read(op, reader);
        assertThat(reader.remaining()).isZero();
        String detail = request instanceof SetWatchesRequest set
                ? " zxid " + set.relativeZxid() + " " + set.dataWatches() + set.existWatches() + set.childWatches()
                        + set.persistentWatches() + set.persistentRecursiveWatches()
                : "";
        return header.xid() + " " + op + detail;
    }

    @Override
    public void disconnect() {
        trace.add("disconnect");
    }

    @Override
    public void settled(Call<?> call) {
        CoordinatorException failure = call.failure();
        String what = call.op() + (call.path() == null ? "" : " " + call.path());
        trace.add(
                failure == null
                        ? "done " + what
                        : "failed " + what + " " + failure.error()
                                + (failure.mayHaveBeenExecuted() ? ", maybe executed" : ""));
        assertThat(call.future()).isNotDone();
        call.finish();
    }

    @Override
    public void watched(Notice notice) {
        notice.watchers().forEach(watcher -> watcher.onEvent(notice.event()));
    }

    @Override
    public void session(SessionEvent event, String reason) {
        lossesTold += event == SessionEvent.DISCONNECTED ? 1 : 0;
        trace.add("session " + event);
    }
}
