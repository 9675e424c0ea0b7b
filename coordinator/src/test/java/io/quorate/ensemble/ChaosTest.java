package io.quorate.ensemble;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An ensemble under load while its members are killed, stopped and wiped, one and two at a time, again and again.
 */
final class ChaosTest {

    private static final int ROUNDS = Integer.getInteger("quorate.ensemble.rounds", 6);
    private static final int MEMBERS = Integer.getInteger("quorate.ensemble.members", 3);
    private static final long SEED = Long.getLong("quorate.ensemble.seed", System.nanoTime() & 0xffffff);
    private static final int LOAD_MILLIS_MAX = 1_500;
    private static final int FAULT_MILLIS_MAX = 4_000;

    private final Random random = new Random(SEED);
    private EnsembleProcesses ensemble;

    @AfterEach
    void end() {
        ensemble.close();
    }

    @Test
    void historiesAreRightAndMembersConvergeWhateverHappensToThem() {
        System.out.printf(
                "seed %d; again with: mvn -pl coordinator -am test -Dtest=ChaosTest -Dsurefire.failIfNoSpecifiedTests=false"
                        + " -Dquorate.ensemble.seed=%d -Dquorate.ensemble.rounds=%d -Dquorate.ensemble.members=%d"
                        + " -Dquorate.ensemble.server=%s%n",
                SEED, SEED, ROUNDS, MEMBERS, EnsembleProcesses.KIND.name().toLowerCase(Locale.ROOT));
        ensemble = EnsembleProcesses.of("ChaosTest", MEMBERS, EnsembleProcesses.KIND)
                .with("snapCount", "3000");
        ensemble.start();
        try (Storm storm = new Storm(ensemble, random)) {
            storm.rage(ROUNDS, SEED, this::strike);
        }
    }

    /** One fault or two, at moments that the seed chose. */
    private String strike(Pauses pauses, Runnable onFirst) throws InterruptedException {
        List<String> story = new ArrayList<>();
        int faults = 1 + random.nextInt(2);
        for (int i = 0; i < faults; i++) {
            // These are no waits for something: they are the moments that the seed chose.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LOAD_MILLIS_MAX));
            Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
            long from = System.nanoTime();
            List<Member> struck = fault.strike(ensemble, random);
            if (i == 0) {
                onFirst.run();
            }
            int millis = random.nextInt(FAULT_MILLIS_MAX);
            TimeUnit.MILLISECONDS.sleep(millis);
            Fault.recover(ensemble);
            if (fault.name().startsWith("STOP")) {
                pauses.add(from, System.nanoTime());
            }
            story.add(fault + " " + struck + " for " + millis + " ms");
        }
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LOAD_MILLIS_MAX));
        return String.join(", ", story);
    }
}
