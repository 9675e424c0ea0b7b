package io.quorate.crash;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.DeleteRequest;
import io.quorate.wire.proto.MultiOp;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.proto.SetDataRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes random writes below one node. Every value is different from all others, so that its effect is recognisable. */
final class WriteMaker {

    /** A request and the code it is sent with. */
    record Write(OpCode op, Request request) {}

    private static final int NAMES = 12;
    private static final int EPHEMERAL = 1;
    private static final int SEQUENTIAL = 2;
    private static final int DATA_BYTES_MAX = 1500;

    private final String root;
    private final Random random;
    private long tag;

    WriteMaker(String root, Random random) {
        this.root = root;
        this.random = random;
    }

    /** The next write; {@code model} is what will be there when it arrives. */
    Write next(ModelTree model) {
        return random.nextInt(5) == 0 ? multi() : single(model);
    }

    private Write multi() {
        List<MultiOp> ops = new ArrayList<>();
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Write part = random.nextInt(3) == 0 ? sequential() : plain();
            ops.add(new MultiOp(part.op().code(), part.request()));
        }
        return new Write(OpCode.MULTI, new MultiRequest(ops));
    }

    private Write single(ModelTree model) {
        return switch (random.nextInt(6)) {
            case 0 -> sequential();
            case 1 -> deleteOldest(model);
            case 2 -> create(root + "/e" + random.nextInt(NAMES), EPHEMERAL);
            default -> plain();
        };
    }

    private Write sequential() {
        return create(root + "/seq-", SEQUENTIAL | (random.nextInt(4) == 0 ? EPHEMERAL : 0));
    }

    /** Keeps the number of sequential nodes from growing. */
    private Write deleteOldest(ModelTree model) {
        return model.nodes().keySet().stream()
                .filter(path -> path.startsWith(root + "/seq-"))
                .findFirst()
                .map(path -> new Write(OpCode.DELETE, new DeleteRequest(path, -1)))
                .orElseGet(this::sequential);
    }

    private Write plain() {
        String path = root + (random.nextInt(8) == 0 ? "/e" : "/n") + random.nextInt(NAMES);
        return switch (random.nextInt(5)) {
            case 0 -> create(path, 0);
            case 1 -> new Write(OpCode.DELETE, new DeleteRequest(path, random.nextBoolean() ? -1 : 1));
            default -> new Write(
                    OpCode.SET_DATA, new SetDataRequest(path, data(), random.nextInt(4) == 0 ? random.nextInt(3) : -1));
        };
    }

    private Write create(String path, int flags) {
        OpCode op = random.nextBoolean() ? OpCode.CREATE : OpCode.CREATE2;
        return new Write(op, new CreateRequest(path, data(), Acl.OPEN_UNSAFE, flags));
    }

    private byte[] data() {
        byte[] mark = (root + " " + ++tag + " ").getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(mark, mark.length + random.nextInt(DATA_BYTES_MAX));
    }
}
