package io.quorate.compat.curator;

import static io.quorate.compat.curator.Frameworks.LIMIT_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.atomic.DistributedAtomicLong;
import org.apache.curator.framework.recipes.barriers.DistributedBarrier;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;
import org.apache.curator.framework.recipes.shared.SharedCount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Curator's barriers and counters between clients with sessions of their own. */
final class CountersTest {

    private static final int PARTIES = 3;
    private static final int ROUNDS = 20;

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Frameworks frameworks = new Frameworks(SERVER);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    void aDoubleBarrierAdmitsAndReleasesAllAtOnce() throws Exception {
        AtomicInteger entering = new AtomicInteger();
        List<Future<Integer>> parties = new ArrayList<>();
        for (int i = 0; i < PARTIES; i++) {
            CuratorFramework client = frameworks.open();
            parties.add(threads.submit(() -> {
                DistributedDoubleBarrier barrier = new DistributedDoubleBarrier(client, "/double", PARTIES);
                entering.incrementAndGet();
                assertThat(barrier.enter(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                int inside = entering.get();
                assertThat(barrier.leave(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
                return inside;
            }));
        }
        for (Future<Integer> party : parties) {
            assertThat(party.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(PARTIES);
        }
    }

    @Test
    void aBarrierHoldsUntilItIsRemoved() throws Exception {
        DistributedBarrier barrier = new DistributedBarrier(frameworks.open(), "/barrier");
        DistributedBarrier waiting = new DistributedBarrier(frameworks.open(), "/barrier");
        barrier.setBarrier();
        assertThat(waiting.waitOnBarrier(200, TimeUnit.MILLISECONDS)).isFalse();
        Future<Boolean> released = threads.submit(() -> waiting.waitOnBarrier(LIMIT_SECONDS, TimeUnit.SECONDS));
        barrier.removeBarrier();
        assertThat(released.get()).isTrue();
    }

    @Test
    void aSharedCountIsSeenByAllAndSetByOneAtATime() throws Exception {
        try (SharedCount one = new SharedCount(frameworks.open(), "/shared", 7);
                SharedCount two = new SharedCount(frameworks.open(), "/shared", 7)) {
            one.start();
            two.start();
            assertThat(two.getCount()).isEqualTo(7);
            one.setCount(8);
            Frameworks.await().until(() -> two.getCount() == 8);
            assertThat(two.trySetCount(two.getVersionedValue(), 9)).isTrue();
            Frameworks.await().until(() -> one.getCount() == 9);
        }
    }

    @Test
    void anAtomicLongLosesNoIncrement() throws Exception {
        List<Future<Void>> parties = new ArrayList<>();
        for (int i = 0; i < PARTIES; i++) {
            CuratorFramework client = frameworks.open();
            parties.add(threads.submit(() -> {
                DistributedAtomicLong number = new DistributedAtomicLong(client, "/atomic", Frameworks.RETRY);
                for (int round = 0; round < ROUNDS; round++) {
                    assertThat(number.increment().succeeded()).isTrue();
                }
                return null;
            }));
        }
        for (Future<Void> party : parties) {
            party.get(2 * LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        DistributedAtomicLong number = new DistributedAtomicLong(frameworks.open(), "/atomic", Frameworks.RETRY);
        assertThat(number.get().postValue()).isEqualTo(PARTIES * ROUNDS);
        assertThat(number.compareAndSet(60L, 1L).succeeded()).isTrue();
        assertThat(number.compareAndSet(60L, 2L).succeeded()).isFalse();
    }
}
