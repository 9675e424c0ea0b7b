package io.quorate.compat.curator;

import static io.quorate.compat.curator.Frameworks.LIMIT_SECONDS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.recipes.locks.InterProcessMultiLock;
import org.apache.curator.framework.recipes.locks.InterProcessMutex;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreMutex;
import org.apache.curator.framework.recipes.locks.InterProcessSemaphoreV2;
import org.apache.curator.framework.recipes.locks.Lease;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Curator's locks and semaphores between clients with sessions of their own. */
final class LocksTest {

    private static final int RIVALS = 4;
    private static final int ROUNDS = 15;

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    @RegisterExtension
    final Frameworks frameworks = new Frameworks(SERVER);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    /** Each rival reads a number and writes it back plus one, which loses counts unless the lock excludes the others. */
    @Test
    void aMutexLetsOnlyOneIn() throws Exception {
        frameworks.open().create().forPath("/count", "0".getBytes(UTF_8));
        List<Future<Void>> rivals = new ArrayList<>();
        for (int i = 0; i < RIVALS; i++) {
            CuratorFramework client = frameworks.open();
            rivals.add(threads.submit(() -> countUnder(new InterProcessMutex(client, "/mutex"), client)));
        }
        for (Future<Void> rival : rivals) {
            rival.get(2 * LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        assertThat(new String(frameworks.open().getData().forPath("/count"), UTF_8))
                .isEqualTo(Integer.toString(RIVALS * ROUNDS));
    }

    private static Void countUnder(InterProcessMutex mutex, CuratorFramework client) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            mutex.acquire();
            try {
                int count = Integer.parseInt(new String(client.getData().forPath("/count"), UTF_8));
                client.setData().forPath("/count", Integer.toString(count + 1).getBytes(UTF_8));
            } finally {
                mutex.release();
            }
        }
        return null;
    }

    @Test
    void aMutexPassesOnWhenTheSessionOfItsHolderEnds() throws Exception {
        CuratorFramework holder = frameworks.open();
        InterProcessMutex held = new InterProcessMutex(holder, "/inherited");
        held.acquire();
        InterProcessMutex wanted = new InterProcessMutex(frameworks.open(), "/inherited");
        assertThat(wanted.acquire(200, TimeUnit.MILLISECONDS)).isFalse();
        frameworks.endSession(holder);
        assertThat(wanted.acquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        wanted.release();
    }

    @Test
    void readersShareAndWritersExclude() throws Exception {
        InterProcessReadWriteLock one = new InterProcessReadWriteLock(frameworks.open(), "/rw");
        InterProcessReadWriteLock two = new InterProcessReadWriteLock(frameworks.open(), "/rw");
        one.readLock().acquire();
        assertThat(two.readLock().acquire(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(two.readLock().getParticipantNodes()).hasSize(2);
        two.readLock().release();
        assertThat(two.writeLock().acquire(200, TimeUnit.MILLISECONDS)).isFalse();
        Future<Boolean> writer = threads.submit(() -> two.writeLock().acquire(LIMIT_SECONDS, TimeUnit.SECONDS));
        one.readLock().release();
        assertThat(writer.get()).isTrue();
        assertThat(one.readLock().acquire(200, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void aSemaphoreHasSoManyLeases() throws Exception {
        InterProcessSemaphoreV2 one = new InterProcessSemaphoreV2(frameworks.open(), "/semaphore", 3);
        InterProcessSemaphoreV2 two = new InterProcessSemaphoreV2(frameworks.open(), "/semaphore", 3);
        List<Lease> firstTwo = new ArrayList<>(one.acquire(2));
        Lease third = two.acquire(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(third).isNotNull();
        assertThat(two.acquire(200, TimeUnit.MILLISECONDS)).isNull();
        one.returnLease(firstTwo.get(0));
        Lease fourth = two.acquire(LIMIT_SECONDS, TimeUnit.SECONDS);
        assertThat(fourth).isNotNull();
        assertThat(two.getParticipantNodes()).hasSize(3);
        two.returnAll(List.of(third, fourth));
        one.returnLease(firstTwo.get(1));
    }

    @Test
    void aSemaphoreMutexAndAMultiLockExclude() throws Exception {
        CuratorFramework client = frameworks.open();
        InterProcessSemaphoreMutex semaphore = new InterProcessSemaphoreMutex(client, "/semaphore-mutex");
        InterProcessMultiLock both =
                new InterProcessMultiLock(List.of(semaphore, new InterProcessMutex(client, "/multi")));
        both.acquire();
        CuratorFramework rival = frameworks.open();
        Callable<Boolean> other = () -> new InterProcessMutex(rival, "/multi").acquire(200, TimeUnit.MILLISECONDS);
        assertThat(threads.submit(other).get()).isFalse();
        both.release();
        assertThat(threads.submit(other).get()).isTrue();
    }
}
