package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Registry spec 14, 10: partitions that are moved, not moved after all, or moved elsewhere, while something happens to the
 * controller at every moment there is: a transaction or a question comes, is carried out, is answered; its host is told
 * something, or has done it. Then another one takes over, or the same goes on, and the end is the same.
 *
 * <p>{@code -Dquorate.registry.moment=STORY,true,KILLED,17} runs one of them: the story, whether in-sync replicas are changed by
 * the controller, what happens, and at which moment.
 */
final class ReassignmentStepsTest {
    /** Of so many moments one has its mishap; each mishap begins with another one. */
    private static final int STEP = Integer.getInteger("quorate.registry.momentStep", 3);

    private static final String ONE = System.getProperty("quorate.registry.moment", "");

    @ParameterizedTest
    @EnumSource
    void whateverBecomesOfTheControllerTheMoveComesToItsEnd(MoveStory story) {
        if (!ONE.isEmpty()) {
            replay(story, ONE.split(","));
            return;
        }
        for (boolean isrByController : new boolean[] {false, true}) {
            List<String> moments = moments(story, isrByController);
            for (Mishap mishap : EnumSet.complementOf(EnumSet.of(Mishap.NONE))) {
                IntStream.range(0, moments.size())
                        .filter(at -> (at + mishap.ordinal()) % STEP == 0)
                        .parallel()
                        .forEach(at -> assertThat(run(story, isrByController, mishap, at))
                                .as("the same moments as without %s", mishap)
                                .isEqualTo(moments.subList(0, at + 1)));
            }
        }
    }

    /** Those of a run in which nothing happens; no step of registry spec 9 is missing. */
    private static List<String> moments(MoveStory story, boolean isrByController) {
        List<String> moments = run(story, isrByController, Mishap.NONE, Integer.MAX_VALUE);
        boolean isCompleted = !story.end.equals(MoveStory.ORIGIN);
        for (String step : isCompleted ? List.of("U", "A", "B1-B3", "B6", "B7") : List.of("U", "A", "B7")) {
            for (String when : List.of(" comes", " is carried out", " is answered")) {
                assertThat(moments).anyMatch(each -> each.contains(step) && each.endsWith(when));
            }
        }
        assertThat(moments).contains("told", "told in the end (B8)");
        if (story.leavesReplicas()) {
            assertThat(moments).contains("to be deleted (B4)", "deleted (B5)");
        }
        return moments;
    }

    private static void replay(MoveStory story, String[] one) {
        if (story == MoveStory.valueOf(one[0])) {
            run(story, Boolean.parseBoolean(one[1]), Mishap.valueOf(one[2]), Integer.parseInt(one[3]));
        }
    }

    private static List<String> run(MoveStory story, boolean isrByController, Mishap mishap, int at) {
        MoveRun run = new MoveRun(story, isrByController, mishap, at);
        try {
            run.run();
            return run.moments();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    run.history() + "\n" + run.moments() + "\nreplay: mvn -pl wire,broker-registry test"
                            + " -Dtest=ReassignmentStepsTest -Dsurefire.failIfNoSpecifiedTests=false"
                            + " -Dquorate.registry.moment=" + story + "," + isrByController + "," + mishap + "," + at,
                    e);
        }
    }
}
