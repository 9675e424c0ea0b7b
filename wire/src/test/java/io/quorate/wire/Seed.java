package io.quorate.wire;

import java.util.Random;

/** Owns the seed of the random tests of this module, and the sentence that says how to repeat a failure. */
public final class Seed {
    /** The seed of this run; {@code -Dquorate.wire.seed} sets it. */
    public static final long VALUE = Long.getLong("quorate.wire.seed", 20_260_101L);

    /** How many random values of each record a test takes; {@code -Dquorate.wire.rounds} sets it. */
    public static final int ROUNDS = Integer.getInteger("quorate.wire.rounds", 50);

    private Seed() {}

    /** A source of its own for each record, so that one failing does not depend on the others. */
    public static Random random(Class<?> type) {
        return new Random(VALUE ^ type.getName().hashCode());
    }

    /** To be printed by a failing test. */
    public static String replay(Class<?> test, Object value) {
        return value + "\nreplay: mvn -pl wire test -Dtest=" + test.getSimpleName()
                + " -Dquorate.test.jvm=\"-Dquorate.wire.seed=" + VALUE + " -Dquorate.wire.rounds=" + ROUNDS + "\"";
    }
}
