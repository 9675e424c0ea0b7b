package io.quorate.sim;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CheckVersionRequest;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetAclRequest;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.SyncRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What clients ask for: a few paths, so that they get in each other's way. */
final class Workload {

    /** A request and its type. */
    record Wish(OpCode op, Request request) {}

    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;
    private static final int CONTAINER = 4;
    private static final List<String> TOP = List.of("/a", "/b", "/c", "/q");
    private static final List<String> NAMES = List.of("1", "2", "3");
    private static final int MULTI_PARTS_MAX = 4;
    private static final int LARGE_BYTES = 3000;

    private final Chance chance;
    private long made;

    Workload(Chance chance) {
        this.chance = chance;
    }

    /** The next wish of a client, which knows some sequential nodes of its own. */
    Wish next(List<String> sequential) {
        int dice = chance.below(100);
        if (dice < 18) {
            return create();
        } else if (dice < 26) {
            return delete(sequential);
        } else if (dice < 46) {
            return new Wish(OpCode.SET_DATA, setData());
        } else if (dice < 54) {
            return new Wish(OpCode.MULTI, multi());
        } else if (dice < 56) {
            return new Wish(OpCode.SET_ACL, new SetAclRequest(path(), Acl.OPEN_UNSAFE, -1));
        } else if (dice < 63) {
            return new Wish(OpCode.SYNC, new SyncRequest("/"));
        }
        return read(dice);
    }

    private Wish read(int dice) {
        boolean watch = chance.in(0.4);
        if (dice < 78) {
            return new Wish(OpCode.GET_DATA, new GetDataRequest(path(), watch));
        } else if (dice < 88) {
            return new Wish(OpCode.EXISTS, new ExistsRequest(path(), watch));
        } else if (dice < 96) {
            String parent = chance.oneOf(TOP);
            return new Wish(
                    chance.in(0.5) ? OpCode.GET_CHILDREN : OpCode.GET_CHILDREN2, new GetChildrenRequest(parent, watch));
        }
        return new Wish(OpCode.PING, EmptyRequest.INSTANCE);
    }

    private Wish create() {
        OpCode op = chance.in(0.5) ? OpCode.CREATE : OpCode.CREATE2;
        int dice = chance.below(10);
        if (dice < 4) {
            return new Wish(op, new CreateRequest(path(), data(), Acl.OPEN_UNSAFE, 0));
        } else if (dice < 7) {
            return new Wish(op, new CreateRequest(path(), data(), Acl.OPEN_UNSAFE, EPHEMERAL));
        } else if (dice < 9) {
            int flags = SEQUENTIAL | (chance.in(0.7) ? EPHEMERAL : 0);
            return new Wish(op, new CreateRequest("/q/s-", data(), Acl.OPEN_UNSAFE, flags));
        }
        return new Wish(OpCode.CREATE_CONTAINER, new CreateRequest(path(), data(), Acl.OPEN_UNSAFE, CONTAINER));
    }

    private Wish delete(List<String> sequential) {
        boolean own = !sequential.isEmpty() && chance.in(0.5);
        return new Wish(OpCode.DELETE, new DeleteRequest(own ? chance.oneOf(sequential) : path(), -1));
    }

    private SetDataRequest setData() {
        return new SetDataRequest(path(), data(), chance.in(0.8) ? -1 : chance.below(4));
    }

    private MultiRequest multi() {
        List<MultiOp> parts = new ArrayList<>();
        int count = chance.between(1, MULTI_PARTS_MAX);
        for (int i = 0; i < count; i++) {
            parts.add(part());
        }
        return new MultiRequest(parts);
    }

    private MultiOp part() {
        return switch (chance.below(5)) {
            case 0 -> new MultiOp(
                    OpCode.CREATE.code(),
                    new CreateRequest(path(), data(), Acl.OPEN_UNSAFE, chance.in(0.3) ? EPHEMERAL : 0));
            case 1 -> new MultiOp(OpCode.DELETE.code(), new DeleteRequest(path(), -1));
            case 2 -> new MultiOp(
                    OpCode.CHECK.code(), new CheckVersionRequest(path(), chance.in(0.8) ? -1 : chance.below(4)));
            default -> new MultiOp(OpCode.SET_DATA.code(), setData());
        };
    }

    private String path() {
        String top = chance.oneOf(TOP);
        return chance.in(0.5) ? top : top + "/" + chance.oneOf(NAMES);
    }

    private byte[] data() {
        if (chance.in(0.05)) {
            return chance.in(0.5) ? new byte[0] : null;
        }
        String text = "v" + ++made;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return chance.in(0.02) ? Arrays.copyOf(bytes, LARGE_BYTES) : bytes;
    }
}
