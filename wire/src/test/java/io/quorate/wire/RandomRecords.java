package io.quorate.wire;

import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiReadRequest;
import io.quorate.wire.proto.MultiResult;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.RequestHeader;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.Stat;
import io.quorate.wire.proto.WatchedEvent;
import io.quorate.wire.quorum.Activation;
import io.quorate.wire.quorum.ElectionHello;
import io.quorate.wire.quorum.EpochAck;
import io.quorate.wire.quorum.ForwardedRequest;
import io.quorate.wire.quorum.LeaderInfo;
import io.quorate.wire.quorum.LearnerInfo;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.PeerState;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Revalidation;
import io.quorate.wire.quorum.RevalidationReply;
import io.quorate.wire.quorum.SaslPacket;
import io.quorate.wire.quorum.SessionTouches;
import io.quorate.wire.quorum.SnapshotNode;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.MultiTxn;
import io.quorate.wire.txn.SubTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnDigest;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Owns random values of every record on the wire, built component by component, so that a new record is tested without anyone
 * remembering it. Only what can be written and read again comes out: no surrogates, no null where the wire has none.
 */
public final class RandomRecords {
    private static final int LIST_MAX = 4;
    private static final int STRING_MAX = 12;
    private static final String ASCII = "/az09- .\0\u007f";
    private static final String PLANE = ASCII + "\u0080\u00e9\u07ff\u0800\u4e2d\ud7ff\ue000\ufffd\uffff";

    private static final List<String> HOSTS = List.of("127.0.0.1", "a", "zk-1.example.org", "2001:db8::1", "10.0.0.0");

    private final Random random;

    /** Values drawn from {@code random}. */
    public RandomRecords(Random random) {
        this.random = random;
    }

    /** Every record that goes over the wire by itself. */
    public static Stream<Class<? extends Record>> types() {
        Stream<Class<?>> families = Stream.of(Request.class, Response.class, Txn.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()));
        Stream<Class<?>> singles = Stream.of(
                ConnectRequest.class,
                ConnectResponse.class,
                RequestHeader.class,
                ReplyHeader.class,
                WatchedEvent.class,
                Stat.class,
                Identity.class,
                SubTxn.class,
                TxnHeader.class,
                TxnDigest.class,
                TxnEntry.class);
        return Stream.of(families, singles, peerTypes())
                .flatMap(each -> each)
                .map(type -> type.asSubclass(Record.class));
    }

    /** What only servers say to each other. */
    private static Stream<Class<?>> peerTypes() {
        return Stream.of(
                QuorumPacket.class,
                LearnerInfo.class,
                LeaderInfo.class,
                EpochAck.class,
                ForwardedRequest.class,
                SessionTouches.class,
                Revalidation.class,
                RevalidationReply.class,
                Activation.class,
                Notification.class,
                ElectionHello.class,
                SaslPacket.class,
                SnapshotNode.class);
    }

    /** One value of this record. */
    public <T extends Record> T next(Class<T> type) {
        if (type == TxnEntry.class) {
            return type.cast(nextEntry());
        } else if (type == Notification.class) {
            return type.cast(nextNotification());
        } else if (type == ElectionHello.class) {
            return type.cast(nextHello());
        } else if (type == SubTxn.class) {
            OpCode op = pick(Shapes.TXNS);
            return type.cast(new SubTxn(op.code(), (Txn) next(Shapes.TXNS.get(op))));
        } else if (type == MultiResult.class) {
            OpCode op = pick(Shapes.MULTI_RESULTS);
            return type.cast(
                    new MultiResult(op.code(), random.nextInt(), (Response) next(Shapes.MULTI_RESULTS.get(op))));
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(type, components[i].getGenericType());
        }
        if (type == ConnectRequest.class || type == ConnectResponse.class) {
            keepReadOnlyPossible(values);
        }
        return construct(type, components, values);
    }

    private static void keepReadOnlyPossible(Object[] values) {
        int hasReadOnly = values.length - 1;
        int readOnly = hasReadOnly - 1;
        values[readOnly] = (boolean) values[readOnly] && (boolean) values[hasReadOnly];
    }

    private TxnEntry nextEntry() {
        OpCode op = random.nextInt(4) == 0 ? OpCode.MULTI : pick(Shapes.TXNS);
        Txn txn = op == OpCode.MULTI ? next(MultiTxn.class) : (Txn) next(Shapes.TXNS.get(op));
        TxnHeader any = next(TxnHeader.class);
        TxnHeader header = new TxnHeader(any.clientId(), any.cxid(), any.zxid(), any.timeMillis(), op.code());
        boolean noList = txn instanceof CloseSessionTxn close && close.paths() == null;
        return new TxnEntry(header, txn, noList || random.nextBoolean() ? null : next(TxnDigest.class));
    }

    private Notification nextNotification() {
        PeerState state = PeerState.values()[random.nextInt(PeerState.values().length)];
        boolean old = random.nextInt(4) == 0;
        return new Notification(
                state,
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                old ? 0 : Notification.VERSION + random.nextInt(2),
                old ? null : nextText());
    }

    private ElectionHello nextHello() {
        if (random.nextInt(4) == 0) {
            return new ElectionHello(ElectionHello.NO_ADDRESS, random.nextLong() >>> 1, List.of());
        }
        List<ElectionHello.Address> addresses = new ArrayList<>();
        for (int size = 1 + random.nextInt(LIST_MAX); size > 0; size--) {
            String host = HOSTS.get(random.nextInt(HOSTS.size()));
            addresses.add(new ElectionHello.Address(host, random.nextInt(1 << Short.SIZE)));
        }
        long version = random.nextBoolean() ? ElectionHello.ONE_ADDRESS : ElectionHello.MANY_ADDRESSES;
        return new ElectionHello(version, random.nextLong(), List.copyOf(addresses));
    }

    private Object value(Class<?> owner, Type type) {
        if (type == int.class) {
            return random.nextInt(3) == 0 ? -1 : random.nextInt();
        } else if (type == long.class) {
            return random.nextLong();
        } else if (type == boolean.class) {
            return random.nextBoolean();
        } else if (type == String.class) {
            return nextString();
        } else if (type == byte[].class) {
            return owner == ForwardedRequest.class || owner == Activation.class ? nextRest() : nextBytes();
        } else if (type == EventType.class) {
            return EventType.values()[random.nextInt(EventType.values().length)];
        } else if (type instanceof ParameterizedType list) {
            return nextList(owner, (Class<?>) list.getActualTypeArguments()[0]);
        }
        return next(((Class<?>) type).asSubclass(Record.class));
    }

    private String nextString() {
        return random.nextInt(10) == 0 ? null : nextText();
    }

    private String nextText() {
        String alphabet = random.nextBoolean() ? ASCII : PLANE;
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(STRING_MAX); length > 0; length--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private byte[] nextBytes() {
        return random.nextInt(5) == 0 ? null : nextRest();
    }

    private byte[] nextRest() {
        byte[] bytes = new byte[random.nextInt(STRING_MAX)];
        random.nextBytes(bytes);
        return bytes;
    }

    private List<?> nextList(Class<?> owner, Class<?> element) {
        boolean parts = element == MultiOp.class || element == MultiResult.class || element == SubTxn.class;
        if (!parts && owner != SessionTouches.class && random.nextInt(6) == 0) {
            return null;
        }
        List<Object> list = new ArrayList<>();
        for (int size = random.nextInt(LIST_MAX); size > 0; size--) {
            list.add(element == MultiOp.class ? nextOp(owner) : value(owner, element));
        }
        return list;
    }

    private MultiOp nextOp(Class<?> owner) {
        var shapes = owner == MultiReadRequest.class ? Shapes.MULTI_READS : Shapes.MULTI_WRITES;
        OpCode op = pick(shapes);
        return new MultiOp(op.code(), (Request) next(shapes.get(op)));
    }

    private OpCode pick(Map<OpCode, ?> shapes) {
        List<OpCode> ops = List.copyOf(shapes.keySet());
        return ops.get(random.nextInt(ops.size()));
    }

    private static <T extends Record> T construct(Class<T> type, RecordComponent[] components, Object[] values) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }
}
