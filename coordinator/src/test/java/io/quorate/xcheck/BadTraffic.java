package io.quorate.xcheck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Makes the bytes of ill-behaved connections from a seed: captured and generated frames, most of them damaged. */
final class BadTraffic {

    /**
     * What one connection sends.
     *
     * @param pieces written one after the other
     * @param damaged how many frames in them were damaged
     */
    record Attack(List<byte[]> pieces, int damaged) {

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            pieces.forEach(piece -> text.append(HexFormat.of().formatHex(piece)).append(' '));
            return text.toString();
        }
    }

    /** Types that a reference server does not survive, or that bypass its checks. */
    private static final Set<Integer> POISON_TYPES = Set.of(Op.CREATE_TTL, Op.DELETE_CONTAINER, Op.CREATE_SESSION);

    private static final int TYPE_OFFSET = 8;
    private static final int CAPTURED_CONNECTS = 4;
    private static final int SESSION_MILLIS = 2_000;

    private final Random random;
    private final RequestMaker requests;
    private final boolean sparing;
    private final List<byte[]> captured = captured();

    /** {@code sparing} leaves out what is known to kill a reference server. */
    BadTraffic(long seed, boolean sparing) {
        this.random = new Random(seed);
        this.requests = new RequestMaker(new Values(random));
        this.sparing = sparing;
    }

    Attack next() {
        List<byte[]> frames = new ArrayList<>();
        int damaged = 0;
        boolean damagedConnect = random.nextInt(8) == 0;
        byte[] connect = connect();
        frames.add(damagedConnect ? damage(connect) : connect);
        damaged += damagedConnect ? 1 : 0;
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            boolean damage = random.nextInt(3) > 0;
            frames.add(damage ? damage(request()) : request());
            damaged += damage ? 1 : 0;
        }
        return new Attack(cut(frames), damaged);
    }

    private byte[] connect() {
        return random.nextInt(10) == 0
                ? captured.get(random.nextInt(CAPTURED_CONNECTS))
                : Handshake.fresh(SESSION_MILLIS).frame();
    }

    private byte[] request() {
        while (true) {
            byte[] frame = random.nextInt(3) == 0
                    ? captured.get(CAPTURED_CONNECTS + random.nextInt(captured.size() - CAPTURED_CONNECTS))
                    : generated();
            if (!isPoison(frame)) {
                return frame;
            }
        }
    }

    private byte[] generated() {
        boolean quota = !sparing && random.nextInt(8) == 0;
        return (quota ? requests.quota() : requests.any())
                .at(1 + random.nextInt(100))
                .frame(0);
    }

    private byte[] damage(byte[] frame) {
        Mutation[] all = Mutation.values();
        while (true) {
            byte[] damaged = all[random.nextInt(all.length)].apply(frame, random);
            if (!isPoison(damaged)) {
                return damaged;
            }
        }
    }

    private boolean isPoison(byte[] frame) {
        return sparing
                && frame.length >= TYPE_OFFSET + Integer.BYTES
                && POISON_TYPES.contains(ByteBuffer.wrap(frame).getInt(TYPE_OFFSET));
    }

    /** All in one piece, or frame by frame, or split at odd places, or byte by byte. */
    private List<byte[]> cut(List<byte[]> frames) {
        Encoder joined = new Encoder();
        frames.forEach(joined::raw);
        byte[] all = joined.bytes();
        return switch (random.nextInt(4)) {
            case 0 -> List.of(all);
            case 1 -> frames;
            case 2 -> slices(all, 1 + all.length / (1 + random.nextInt(6)));
            default -> all.length > 300 ? slices(all, 7) : slices(all, 1);
        };
    }

    private static List<byte[]> slices(byte[] all, int size) {
        List<byte[]> slices = new ArrayList<>();
        for (int from = 0; from < all.length; from += size) {
            slices.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + size)));
        }
        return slices;
    }

    private static List<byte[]> captured() {
        try (InputStream in = BadTraffic.class.getResourceAsStream("/xcheck/client-frames.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> HexFormat.of().parseHex(line))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
