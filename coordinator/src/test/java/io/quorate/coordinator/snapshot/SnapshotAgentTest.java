package io.quorate.coordinator.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.AgentRunner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot is there completely or not at all, and the core hears once how it ended. */
final class SnapshotAgentTest {

    private record Done(long zxid, long bytes) {}

    @TempDir
    Path folder;

    private final SnapshotQueue queue = new SnapshotQueue();
    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private final TestServer server = new TestServer(queue);

    private SnapshotAgent agent(Path where, long spareBytes) {
        return new SnapshotAgent(
                queue, new SnapshotFiles(where), (zxid, bytes) -> done.add(new Done(zxid, bytes)), spareBytes);
    }

    private void snapshot(SnapshotAgent agent) {
        server.core.snapshot();
        while (server.core.isWalking()) {
            server.core.tick();
            agent.doWork();
        }
        while (agent.doWork() > 0) {
            assertThat(done.size()).isLessThan(2);
        }
    }

    @Test
    void anOwnThreadIsWokenByTheFirstOrder() throws Exception {
        SnapshotAgent agent = agent(folder, 0);
        try (AgentRunner runner = new AgentRunner(new SnapshotIdle(queue), Throwable::printStackTrace, null, agent)) {
            AgentRunner.startOnThread(runner);
            for (int i = 0; i < 20; i++) {
                server.connect();
                server.core.snapshot();
                while (server.core.isWalking()) {
                    server.core.tick();
                }
                Done ended = done.poll(20, TimeUnit.SECONDS);
                assertThat(ended).isNotNull();
                assertThat(ended.zxid()).isEqualTo(server.lastZxid());
                assertThat(ended.bytes())
                        .isEqualTo(Files.size(SnapshotFile.in(folder, ended.zxid(), Compression.SNAPPY)
                                .path()));
                server.deliver(new Event.SnapshotDone(ended.zxid(), ended.bytes()));
            }
        }
    }

    @Test
    void aFolderThatCannotBeWrittenGivesTheSnapshotUpOnce() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        snapshot(agent(file, 0));

        assertThat(done).containsExactly(new Done(0, -1));
    }

    @Test
    void aDiskThatIsTooFullGivesTheSnapshotUp() {
        snapshot(agent(folder, Long.MAX_VALUE));

        assertThat(done).containsExactly(new Done(0, -1));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void afterAFailureTheNextSnapshotIsWritten() throws IOException {
        Path where = Files.createFile(folder.resolve("where"));
        SnapshotAgent agent = agent(where, 0);
        snapshot(agent);
        assertThat(done.remove().bytes()).isEqualTo(-1);
        server.deliver(new Event.SnapshotDone(0, -1));
        Files.delete(where);
        server.connect();

        snapshot(agent);

        assertThat(done.remove().bytes()).isPositive();
        assertThat(new SnapshotFiles(where).list()).hasSize(1);
    }

    @Test
    void aCloseInTheMiddleLeavesNoFile() {
        SnapshotAgent agent = agent(folder, 0);
        queue.begin(5);
        queue.chunk(new byte[100], 100);
        agent.doWork();

        agent.onClose();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatTheCoreGivesUpLeavesNoFileAndEndsOnce() {
        SnapshotAgent agent = agent(folder, 0);
        queue.begin(5);
        queue.chunk(new byte[100], 100);
        queue.abandon();
        queue.abandon();
        agent.doWork();

        assertThat(done).containsExactly(new Done(5, -1));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theWalkPausesWhileChunksWait() {
        queue.begin(5);
        for (int i = 1; i < SnapshotQueue.WAITING_MAX; i++) {
            assertThat(queue.hasRoom()).isTrue();
            queue.chunk(new byte[1], 1);
        }
        assertThat(queue.hasRoom()).isFalse();
        agent(folder, 0).doWork();
        assertThat(queue.hasRoom()).isTrue();
    }
}
