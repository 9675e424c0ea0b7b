package io.quorate.xcheck;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the steps of one round from a seed, without looking at any reply. */
final class RoundMaker {

    /** Slot 0 belongs to the keeper, who is super and cleans up between rounds. */
    static final int KEEPER = 0;

    static final int SLOTS = 6;

    private static final int BURST_MAX = 60;

    private final Random random;
    private final Values values;
    private final RequestMaker requests;
    private final int[] xids = new int[SLOTS];
    private final List<Step> steps = new ArrayList<>();

    RoundMaker(long seed) {
        this.random = new Random(seed);
        this.values = new Values(random);
        this.requests = new RequestMaker(values);
    }

    /** A round of about {@code size} requests with the steps that take long put in somewhere. */
    List<Step> steps(int size, boolean withExpiry, boolean withRestart) {
        prepare();
        int made = 0;
        while (made < size) {
            made += next();
        }
        if (withExpiry) {
            steps.add(random.nextInt(steps.size()), expiry());
        }
        if (withRestart) {
            steps.add(random.nextInt(steps.size()), new Step.Restart());
        }
        return List.copyOf(steps);
    }

    private void prepare() {
        one(1, Requests.digest("alice:pw").at(-4));
        one(2, Requests.digest("bob:pw").at(-4));
        one(3, Requests.digest("a:b").at(-4));
        List<Request> first = new ArrayList<>();
        for (String path : List.of("/a", "/b", "/s", "/q", "/b/x", "/a/x")) {
            first.add(Requests.create(Op.CREATE, path, values.data(), AclEntry.OPEN, 0)
                    .at(nextXid(1)));
        }
        steps.add(new Step.Burst(1, first));
        one(
                1,
                Requests.create(Op.CREATE, Values.QUOTA_NODE, null, AclEntry.OPEN, 0)
                        .at(nextXid(1)));
    }

    private int next() {
        int slot = 1 + values.below(SLOTS - 1);
        int dice = values.below(1000);
        if (dice < 880) {
            return burst(slot);
        }
        if (dice < 950) {
            one(slot, requests.alone(nextXid(slot)));
        } else if (dice < 980) {
            steps.add(
                    new Step.Resume(slot, values.any(List.of(Step.Credentials.values())), timeout(), values.oneIn(2)));
        } else if (dice < 990) {
            steps.add(new Step.Drop(slot));
        } else {
            steps.add(values.oneIn(3) ? visit() : intrusion());
        }
        return 1;
    }

    /** Quota is checked against what has been applied, so with requests in flight the outcome would be chance. */
    private int burst(int slot) {
        if (values.oneIn(5)) {
            one(slot, (values.oneIn(3) ? requests.setAcl() : requests.quota()).at(nextXid(slot)));
            return 1;
        }
        int dice = values.below(10);
        int size = dice < 2 ? 1 : dice < 7 ? 2 + values.below(10) : 12 + values.below(BURST_MAX - 12);
        List<Request> burst = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            burst.add(requests.any().at(nextXid(slot)));
        }
        steps.add(new Step.Burst(slot, burst));
        return size;
    }

    private void one(int slot, Request request) {
        steps.add(new Step.Burst(slot, List.of(request)));
    }

    private int nextXid(int slot) {
        xids[slot]++;
        return values.oneIn(200) ? values.any(List.of(0, -2, -4, -8, -100, Integer.MIN_VALUE, 1)) : xids[slot];
    }

    private int timeout() {
        return 60_000 + values.below(1_000_000);
    }

    private Step visit() {
        int timeout = values.any(List.of(0, -1, 1, 2001, 4001, 30_000, Integer.MAX_VALUE, Integer.MIN_VALUE));
        byte[] password = values.any(List.of(new byte[16], new byte[0], new byte[3], new byte[40]));
        return new Step.Visit(new Handshake(0, timeout, 0, values.oneIn(5) ? null : password, values.oneIn(2)));
    }

    private Step intrusion() {
        byte[] hello = Handshake.fresh(60_000).frame();
        return switch (values.below(6)) {
            case 0 -> {
                int kept = 1 + values.below(27);
                byte[] part = java.util.Arrays.copyOfRange(hello, 4, 4 + kept);
                yield new Step.Intrusion("connect cut to " + kept + " bytes", Encoder.frame(part));
            }
            case 1 -> new Step.Intrusion(
                    "negative length", new Encoder().int32(-5).bytes());
            case 2 -> new Step.Intrusion(
                    "length too large", new Encoder().int32(1 << 20).bytes());
            case 3 -> new Step.Intrusion("empty connect", new Encoder().int32(0).bytes());
            case 4 -> new Step.Intrusion(
                    "client ahead", new Handshake(Long.MAX_VALUE, 60_000, 0, new byte[16], true).frame());
            default -> new Step.Intrusion("unknown word", new byte[] {'R', 'U', 'O', 'K'});
        };
    }

    private Step expiry() {
        List<Request> made = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            String path = values.oneIn(2) ? "/s/e" + i : values.nodePath();
            made.add(Requests.create(Op.CREATE, path, values.data(), AclEntry.OPEN, 1)
                    .at(i));
        }
        return new Step.Expiry(made);
    }
}
