package io.quorate.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leaders of processes follow one another on purpose, while clients write and must not notice. */
final class HandOverTest {

    private static final int SESSION_MILLIS = 120_000;

    private EnsembleProcesses ensemble;

    @AfterEach
    void end() {
        ensemble.close();
    }

    /** Writes in a closed loop, each write on condition that the one before it took place, and just once. */
    private static final class Writer {
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final CompletableFuture<Void> loop;
        private volatile boolean stopped;

        Writer(InetSocketAddress address, String node) {
            loop = CompletableFuture.runAsync(() -> write(address, node), task -> new Thread(task, node).start());
        }

        private void write(InetSocketAddress address, String node) {
            try (RawSession session = RawSession.open(address, SESSION_MILLIS)) {
                while (!stopped) {
                    int version = acknowledged.get();
                    Reply reply = session.call(OpCode.SET_DATA, new SetDataRequest(node, new byte[8], version));
                    assertThat(reply.err()).as("write %d of %s", version, node).isZero();
                    acknowledged.incrementAndGet();
                }
                session.end();
            } catch (IOException e) {
                throw new AssertionError(node + " lost its connection after write " + acknowledged, e);
            }
        }

        /** So many more writes are acknowledged. */
        void awaitMore(int count) {
            int wanted = acknowledged.get() + count;
            EnsembleProcesses.await("more writes").until(() -> acknowledged.get() >= wanted || loop.isDone());
            assertThat(loop).isNotDone();
        }

        void stop() {
            stopped = true;
            loop.join();
        }
    }

    /** Limits that hold on a machine that is busy with other things. */
    private static EnsembleProcesses patient(String name) {
        return EnsembleProcesses.of(name, 3, EnsembleProcesses.KIND)
                .with("tickTime", "4000")
                .with("initLimit", "30")
                .with("syncLimit", "20")
                .with("quorate.keepClientsMs", "60000")
                .with("quorate.handOverMs", "20000");
    }

    private Writer writer(Member member) {
        String node = "/by-" + member.sid();
        member.create(node);
        return new Writer(member.address(), node);
    }

    @Test
    void clientsOfAllMembersStayAndSeeNoError() {
        ensemble = patient("hand-over").with("quorate.testingonly.epochCounterMax", "8192");
        ensemble.start();
        Writer[] writers = ensemble.members().stream().map(this::writer).toArray(Writer[]::new);
        awaitMore(writers);
        for (Member next : ensemble.members()) {
            // Refused while an epoch rolls over.
            EnsembleProcesses.await("a hand-over")
                    .until(() -> handOver(next), answer -> answer.contains(" leads now, after "));
            awaitMore(writers);
        }
        // Epochs of 4096 transactions: some more of them end while the clients go on.
        for (int i = 0; i < 20; i++) {
            awaitMore(writers);
        }
        for (Writer writer : writers) {
            writer.stop();
        }
        Convergence.await(ensemble);
    }

    private String handOver(Member to) {
        Member leader = ensemble.leader();
        return leader.process().fourLetterWord(leader == to ? "hand" : "hdto%08d".formatted(to.sid()));
    }

    private static void awaitMore(Writer... writers) {
        for (Writer writer : writers) {
            writer.awaitMore(100);
        }
    }

    @Test
    void aLeaderThatIsEndedHandsOverFirst() {
        ensemble = patient("hand-over-at-end");
        ensemble.start();
        Member leader = ensemble.leader();
        Writer[] writers = ensemble.followers().stream().map(this::writer).toArray(Writer[]::new);
        awaitMore(writers);
        assertThat(leader.process().stop()).isEqualTo(143);
        awaitMore(writers);
        for (Writer writer : writers) {
            writer.stop();
        }
        assertThat(leader.process().output()).contains(" leads now, after ");
    }

    @Test
    void whoDoesNotLeadHasNothingToHandOver() {
        ensemble = patient("hand-over-refused");
        ensemble.start();
        Member follower = ensemble.followers().get(0);
        Member leader = ensemble.leader();

        assertThat(follower.process().fourLetterWord("hand"))
                .isEqualTo("Not handed over: this server does not lead.\n");
        assertThat(leader.process().fourLetterWord("hdto00000009"))
                .isEqualTo("Not handed over: server 9 is no voter that follows.\n");
        assertThat(ensemble.leader()).isSameAs(leader);
    }
}
