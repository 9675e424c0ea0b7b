package io.quorate.wire;

import io.quorate.wire.proto.EventType;
import io.quorate.wire.txn.Txn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.jute.BinaryInputArchive;
import org.apache.jute.BinaryOutputArchive;

/**
 * Owns the comparison with the reference's generated records: the same bytes, read there, must name the same fields in the
 * same order with the same values.
 */
final class Reference {
    /** What we call differently; everything else has the reference's name, whatever its case. */
    private static final Map<String, String> NAMES = Map.of(
            "timeoutmillis", "timeout",
            "timemillis", "time",
            "ttlmillis", "ttl",
            "password", "passwd",
            "sid", "serverid",
            "identity", "id",
            "infos", "clientinfo",
            "SubTxn.txn", "data",
            "CloseSessionTxn.paths", "paths2delete",
            "GetEphemeralsResponse.paths", "ephemerals");

    /** What only one side has a field for: the state of an event is constant, the presence of a byte is not a field there. */
    private static final Set<String> ONE_SIDED = Set.of("hasReadOnly", "state");

    private Reference() {}

    /** The class of the reference with this name below its base package. */
    static Class<? extends org.apache.jute.Record> type(String name) {
        try {
            return Class.forName("org.apache.zookeeper." + name).asSubclass(org.apache.jute.Record.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decodes all of {@code bytes} with the reference's class. */
    static org.apache.jute.Record decode(Class<? extends org.apache.jute.Record> type, byte[] bytes) {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        try {
            org.apache.jute.Record record = type.getConstructor().newInstance();
            record.deserialize(new BinaryInputArchive(new DataInputStream(in)), "record");
            if (in.available() > 0) {
                throw new IllegalStateException(in.available() + " bytes left by " + type.getName());
            }
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Encodes records of the reference, one behind the other. */
    static byte[] encode(org.apache.jute.Record... records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            for (org.apache.jute.Record record : records) {
                record.serialize(BinaryOutputArchive.getArchive(out), "record");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Names and values of the fields of a record of either side, in order, as text. */
    static String fields(Object record) {
        StringBuilder text = new StringBuilder();
        append(text, record);
        return text.toString();
    }

    private static void append(StringBuilder text, Object value) {
        if (value instanceof byte[] bytes) {
            text.append("0x").append(Hex.text(bytes)).append(';');
        } else if (value instanceof List<?> list) {
            text.append('[');
            list.forEach(element -> append(text, element));
            text.append(']');
        } else if (value instanceof Record || value instanceof org.apache.jute.Record) {
            text.append('{');
            for (Field field : value.getClass().getDeclaredFields()) {
                appendField(text, value, field);
            }
            text.append('}');
        } else {
            text.append(value).append(';');
        }
    }

    private static void appendField(StringBuilder text, Object owner, Field field) {
        if (Modifier.isStatic(field.getModifiers()) || ONE_SIDED.contains(field.getName())) {
            return;
        }
        Object value = valueOf(owner, field);
        String name = field.getName().toLowerCase(Locale.ROOT);
        String alias = owner.getClass().getSimpleName() + '.' + name;
        text.append(NAMES.getOrDefault(alias, NAMES.getOrDefault(name, name))).append('=');
        append(text, value);
    }

    private static Object valueOf(Object owner, Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(owner);
            if (value instanceof EventType type) {
                return type.code();
            }
            return value instanceof Txn txn ? Codec.encode((Record) txn) : value;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
