package io.quorate.compat.curator;

import static io.quorate.compat.curator.Frameworks.LIMIT_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.leader.LeaderLatch;
import org.apache.curator.framework.recipes.leader.LeaderSelector;
import org.apache.curator.framework.recipes.leader.LeaderSelectorListenerAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Curator's two ways to elect a leader. */
final class ElectionsTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Frameworks frameworks = new Frameworks(SERVER);

    @Test
    void aLatchHasOneLeaderAndPassesOn() throws Exception {
        LeaderLatch one = new LeaderLatch(frameworks.open(), "/latch", "one");
        try (LeaderLatch two = new LeaderLatch(frameworks.open(), "/latch", "two")) {
            one.start();
            assertThat(one.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            two.start();
            Frameworks.await().until(() -> one.getParticipants().size() == 2);
            assertThat(two.hasLeadership()).isFalse();
            assertThat(two.getLeader().getId()).isEqualTo("one");
            one.close();
            assertThat(two.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aLatchPassesOnWhenTheSessionOfItsLeaderEnds() throws Exception {
        CuratorFramework mortal = frameworks.open();
        try (LeaderLatch one = new LeaderLatch(mortal, "/mortal", "one");
                LeaderLatch two = new LeaderLatch(frameworks.open(), "/mortal", "two")) {
            one.start();
            assertThat(one.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            two.start();
            Frameworks.await().until(() -> one.getParticipants().size() == 2);
            frameworks.endSession(mortal);
            assertThat(two.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            Frameworks.await().until(() -> !one.hasLeadership());
            Frameworks.await().until(() -> two.getParticipants().size() == 2);
        }
    }

    @Test
    void selectorsLeadInTurn() throws Exception {
        BlockingQueue<String> reigns = new LinkedBlockingQueue<>();
        try (LeaderSelector one = selector("one", reigns);
                LeaderSelector two = selector("two", reigns)) {
            one.start();
            two.start();
            for (int reign = 0; reign < 2; reign++) {
                String first = reigns.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                String second = reigns.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                assertThat(first).isIn("one", "two");
                assertThat(second).isIn("one", "two").isNotEqualTo(first);
            }
        }
    }

    private LeaderSelector selector(String name, BlockingQueue<String> reigns) {
        LeaderSelector selector =
                new LeaderSelector(frameworks.open(), "/selector", new LeaderSelectorListenerAdapter() {
                    @Override
                    public void takeLeadership(CuratorFramework client) throws Exception {
                        // A reign ends only when the other one waits for its turn.
                        Frameworks.await()
                                .until(() -> client.getChildren()
                                                .forPath("/selector")
                                                .size()
                                        > 1);
                        reigns.add(name);
                    }
                });
        selector.setId(name);
        selector.autoRequeue();
        return selector;
    }
}
