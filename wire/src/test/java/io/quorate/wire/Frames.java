package io.quorate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.RequestHeader;
import io.quorate.wire.proto.Requests;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.Responses;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.WatchedEvent;
import java.util.function.Function;

/** Owns the reading of captured frames: each must be understood to its last byte, and encoded again must be the same. */
public final class Frames {
    private Frames() {}

    /** A request that goes with its header. */
    public record Asked(RequestHeader header, Request request) {}

    /** A response that goes with its header. */
    public record Answered(ReplyHeader header, Response response) {}

    /** An event that goes with its header. */
    public record Notified(ReplyHeader header, WatchedEvent event) {}

    /** A frame from a client. */
    public static Asked asked(String frame) {
        byte[] payload = payload(frame);
        JuteReader reader = Codec.reader(payload);
        RequestHeader header = RequestHeader.read(reader);
        OpCode op = OpCode.of(header.type());
        Request request = Requests.read(op, reader);
        assertThat(reader.remaining()).isZero();
        byte[] again = Codec.encode(writer -> {
            header.write(writer);
            if (op == OpCode.SET_WATCHES) {
                ((SetWatchesRequest) request).writeThreeLists(writer);
            } else {
                request.write(writer);
            }
        });
        assertThat(Hex.text(again)).isEqualTo(Hex.text(payload));
        return new Asked(header, request);
    }

    /** A frame from a server that answers an operation without error. */
    public static Answered answered(OpCode op, String frame) {
        byte[] payload = payload(frame);
        JuteReader reader = Codec.reader(payload);
        ReplyHeader header = ReplyHeader.read(reader);
        Response response = Responses.read(op, reader);
        assertThat(reader.remaining()).isZero();
        byte[] again = Codec.encode(writer -> {
            header.write(writer);
            response.write(writer);
        });
        assertThat(Hex.text(again)).isEqualTo(Hex.text(payload));
        return new Answered(header, response);
    }

    /** A frame from a server about a watch. */
    public static Notified notified(String frame) {
        byte[] payload = payload(frame);
        JuteReader reader = Codec.reader(payload);
        Notified notified = new Notified(ReplyHeader.read(reader), WatchedEvent.read(reader));
        assertThat(reader.remaining()).isZero();
        byte[] again = Codec.encode(writer -> {
            notified.header.write(writer);
            notified.event.write(writer);
        });
        assertThat(Hex.text(again)).isEqualTo(Hex.text(payload));
        return notified;
    }

    /** A frame with one record behind nothing. */
    public static <T extends Record> T record(String frame, Function<JuteReader, T> read) {
        byte[] payload = payload(frame);
        JuteReader reader = Codec.reader(payload);
        T record = read.apply(reader);
        assertThat(reader.remaining()).isZero();
        assertThat(Hex.text(Codec.encode(record))).isEqualTo(Hex.text(payload));
        return record;
    }

    private static byte[] payload(String frame) {
        byte[] bytes = Hex.bytes(frame);
        JuteReader reader = Codec.reader(bytes);
        byte[] payload = reader.readBuffer();
        assertThat(reader.remaining()).as("length prefix").isZero();
        return payload;
    }
}
