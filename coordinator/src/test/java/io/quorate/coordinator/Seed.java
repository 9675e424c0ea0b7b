package io.quorate.coordinator;

import java.util.Random;

/** The seed of this module's random tests, and the sentence that says how to repeat a failure. */
public final class Seed {

    /** The seed of this run; {@code -Dquorate.seed} sets it. */
    public static final long VALUE = Long.getLong("quorate.seed", 20_260_101L);

    private Seed() {}

    /** A source of its own for each test, so that one does not depend on another. */
    public static Random random(Class<?> test) {
        return new Random(VALUE ^ test.getName().hashCode());
    }

    /** To be printed by a failing test. */
    public static String replay(Class<?> test) {
        return "replay: mvn -pl coordinator -am test -Dtest=" + test.getSimpleName()
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dquorate.test.jvm=-Dquorate.seed=" + VALUE;
    }
}
