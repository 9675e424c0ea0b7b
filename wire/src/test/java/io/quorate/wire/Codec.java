package io.quorate.wire;

import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.jute.JuteWriter;
import java.util.Arrays;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Owns the way from a value to bytes and back in tests; the same for every record that has {@code read} and {@code write}. */
public final class Codec {
    // Not zero, so that code which takes an index for an offset is found out.
    private static final int START = 3;

    private Codec() {}

    /** What {@code record.write} writes. */
    public static byte[] encode(Record record) {
        return encode(writer -> invokeWrite(record, writer));
    }

    /** What {@code write} writes. */
    public static byte[] encode(Consumer<JuteWriter> write) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(START + 1);
        JuteWriter writer = new JuteWriter().wrap(buffer, START);
        write.accept(writer);
        return Arrays.copyOfRange(buffer.byteArray(), START, writer.position());
    }

    /** A reader over exactly these bytes. */
    public static JuteReader reader(byte[] bytes) {
        return new JuteReader().wrap(new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** What {@code type.read} reads. */
    public static <T> T decode(Class<T> type, JuteReader reader) {
        try {
            return type.cast(type.getMethod("read", JuteReader.class).invoke(null, reader));
        } catch (ReflectiveOperationException e) {
            throw unwrapped(e);
        }
    }

    private static void invokeWrite(Record record, JuteWriter writer) {
        try {
            record.getClass().getMethod("write", JuteWriter.class).invoke(record, writer);
        } catch (ReflectiveOperationException e) {
            throw unwrapped(e);
        }
    }

    private static RuntimeException unwrapped(ReflectiveOperationException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    }
}
