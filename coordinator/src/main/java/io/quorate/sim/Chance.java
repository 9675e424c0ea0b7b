package io.quorate.sim;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that is left to chance in a run: the same seed gives the same answers in the same order. */
public final class Chance {

    private final SplittableRandom random;

    public Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** A source of its own: what is drawn from it changes nothing for others. */
    public Chance split() {
        return new Chance(random.split());
    }

    /** True in this share of all calls. */
    public boolean in(double share) {
        return random.nextDouble() < share;
    }

    /** 0 to {@code bound} − 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both ends included. */
    public long between(long least, long most) {
        return least + (most > least ? random.nextLong(most - least + 1) : 0);
    }

    /** Both ends included. */
    public int between(int least, int most) {
        return (int) between((long) least, (long) most);
    }

    public <T> T oneOf(List<T> all) {
        return all.get(below(all.size()));
    }

    public long any() {
        return random.nextLong();
    }
}
