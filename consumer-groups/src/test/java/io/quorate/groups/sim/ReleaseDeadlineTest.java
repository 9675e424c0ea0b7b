package io.quorate.groups.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.rebalance.TreeOp;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Old consumers wait four times two seconds for what they shall get, so in compat mode a partition is let go of within four
 * seconds after the members have changed (consumer-groups D5, 7), however slow the host is and however often they change.
 */
final class ReleaseDeadlineTest {
    private static final int PARTITIONS = 12;
    private static final long DEADLINE_MILLIS = 4_000;

    private final SimGroup group =
            new SimGroup(1, PARTITIONS, config -> config.with(Policy.DEFAULT.with(ModeWish.COMPAT)));

    private SimMember stubborn() {
        SimMember holder = group.join();
        holder.host.stubborn = true;
        holder.host.stubbornMillisMin = 60_000;
        group.settle();
        assertThat(owned(holder)).isEqualTo(PARTITIONS);
        return holder;
    }

    private long owned(SimMember member) {
        return group.world.checks.owners().values().stream()
                .filter(thread ->
                        Registration.memberOf(thread).equals(member.machine().memberId()))
                .count();
    }

    @Test
    void aChangeWhileTheHostStopsIsNotPutOff() {
        SimMember holder = stubborn();
        group.join();
        group.world.run(1_500);
        group.join();
        group.world.run(DEADLINE_MILLIS);
        assertThat(owned(holder)).isEqualTo(PARTITIONS / 3);
        group.settle();
        group.allIsWell();
    }

    /** Nobody can plan as long as a registration makes no sense: what was to be given up before is given up. */
    @Test
    void aChangeOfWhichNobodyCanMakeSenseHoldsNothingUp() {
        SimMember holder = stubborn();
        group.join();
        group.world.run(1_500);
        String odd = group.world.paths.id("g_odd-1-1");
        group.world.tree.multi(
                Checks.OPERATOR, List.of(new TreeOp.Create(odd, new byte[] {1}, TreeOp.Kind.PERSISTENT)));
        group.world.run(DEADLINE_MILLIS - 1_500);
        assertThat(owned(holder)).isEqualTo(PARTITIONS / 2);
    }

    /** What the host stops second is in a commit that is under way when what it stopped first is released, and has gone on since. */
    @Test
    void aReleaseWaitsForCommitsOfWhatIsRevokedMeanwhile() {
        group.world.hostsWork = false;
        SimMember holder = stubborn();
        group.join();
        group.world.run(1_500);
        group.join();
        group.until(() -> traced("m0 \\[.*Delete\\[path=/consumers/g/owners/.*"));
        Set<TopicPartition> second = lastRevoked();
        assertThat(second).isNotEmpty().hasSizeLessThan(PARTITIONS / 2);
        holder.commit(1, second.stream().collect(Collectors.toMap(each -> each, each -> 100L)));
        holder.stage(second.stream().collect(Collectors.toMap(each -> each, each -> 110L)));
        holder.step(() -> holder.machine().onRevoked(2));
        group.until(() -> owned(holder) <= PARTITIONS / 2 - second.size());
        for (TopicPartition each : second) {
            assertThat(group.world.tree.get(group.world.paths.offset(each)).text())
                    .isEqualTo("110");
        }
    }

    private boolean traced(String line) {
        return group.world.trace.stream().anyMatch(each -> each.matches("\\d+ " + line));
    }

    private Set<TopicPartition> lastRevoked() {
        Set<TopicPartition> partitions = new TreeSet<>();
        String last = group.world.trace.stream()
                .filter(line -> line.contains("m0 revoke ["))
                .reduce((before, after) -> after)
                .orElseThrow();
        Matcher found = Pattern.compile("t-(\\d+)").matcher(last);
        while (found.find()) {
            partitions.add(new TopicPartition(SimGroup.TOPIC, Integer.parseInt(found.group(1))));
        }
        return partitions;
    }

    @Test
    void whatIsDueDoesNotWaitForWhatIsAskedForLater() {
        SimMember holder = stubborn();
        for (int joined = 2; joined <= 5; joined++) {
            group.join();
            group.world.run(1_000);
        }
        assertThat(owned(holder)).as("what went to the second").isLessThanOrEqualTo(PARTITIONS / 2);
        group.world.run(DEADLINE_MILLIS - 1_000);
        assertThat(owned(holder)).isLessThanOrEqualTo((PARTITIONS + 4) / 5);
        holder.host.stubborn = false;
        group.settle();
        group.allIsWell();
    }
}
