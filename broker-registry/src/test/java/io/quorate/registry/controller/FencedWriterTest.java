package io.quorate.registry.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.tree.NodeChange;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.registry.tree.Written;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Batches of changes behind one fence (registry spec 13.2). The test is the server. */
final class FencedWriterTest {
    private record Sent(List<Write> writes, Consumer<WriteReply> done) {}

    private final Deque<Sent> sent = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final FencedWriter writer = new FencedWriter(new Recorder(), new Fence(3, 8), () -> told.add("deposed"));

    private final class Recorder implements Tree {
        @Override
        public long session() {
            return 1;
        }

        @Override
        public void read(List<Read> reads, Consumer<ReadReply> done) {
            throw new AssertionError("nothing is read");
        }

        @Override
        public void write(List<Write> writes, Consumer<WriteReply> done) {
            sent.add(new Sent(writes, done));
        }

        @Override
        public void watch(String path, boolean isRecursive, Consumer<NodeChange> hears) {
            throw new AssertionError("nothing is watched");
        }

        @Override
        public void watchOnce(String path, Consumer<NodeChange> hears, Consumer<ReadReply> done) {
            throw new AssertionError("nothing is watched");
        }
    }

    private void submit(String name, int writes) {
        List<Write> all = new ArrayList<>();
        for (int i = 0; i < writes; i++) {
            all.add(Write.set("/" + name + i, null, 0));
        }
        writer.submit(new Change(all, outcome -> told.add(name + " " + outcome.kind() + " " + outcome.index())));
    }

    private static void accept(Sent batch) {
        List<Written> results = batch.writes().stream()
                .map(write -> new Written(write.path(), null))
                .toList();
        batch.done().accept(WriteReply.done(results, 77));
    }

    @Test
    void manyChangesGoInOneTransactionBehindTheFence() {
        submit("a", 2);
        submit("b", 1);
        writer.flush();
        assertThat(sent).hasSize(1);
        assertThat(sent.peek().writes().stream().map(Write::toString))
                .containsExactly("CHECK /controller_epoch @8", "SET /a0 @0", "SET /a1 @0", "SET /b0 @0");
        accept(sent.poll());
        assertThat(told).containsExactly("a DONE -1", "b DONE -1");
    }

    @Test
    void transactionsAreLimitedInSizeAndNumber() {
        for (int i = 0; i < 2_000; i++) {
            submit("c", 1);
        }
        writer.flush();
        assertThat(sent).hasSize(FencedWriter.BATCHES_MAX);
        assertThat(sent).allMatch(batch -> batch.writes().size() == FencedWriter.OPS_MAX);
        int transactions = 0;
        while (!sent.isEmpty()) {
            accept(sent.poll());
            transactions++;
        }
        assertThat(transactions).isEqualTo(11);
        assertThat(told).hasSize(2_000);
    }

    @Test
    void aLargeChangeGoesAlone() {
        submit("small", 1);
        writer.submit(new Change(
                List.of(Write.set("/large", new byte[FencedWriter.BYTES_MAX], 0)), outcome -> told.add("large")));
        submit("small", 1);
        writer.flush();
        assertThat(sent.stream().map(batch -> batch.writes().size())).containsExactly(2, 2, 2);
    }

    @Test
    void oneImpossibleChangeDoesNotHoldUpTheOthers() {
        submit("a", 2);
        submit("b", 2);
        submit("c", 2);
        writer.flush();
        sent.poll().done().accept(WriteReply.refused(ErrorCode.BAD_VERSION, 4));
        assertThat(told).containsExactly("b REFUSED 1");
        assertThat(sent.peek().writes().stream().map(Write::path))
                .containsExactly("/controller_epoch", "/a0", "/a1", "/c0", "/c1");
        accept(sent.poll());
        assertThat(told).containsExactly("b REFUSED 1", "a DONE -1", "c DONE -1");
    }

    @Test
    void aGroupThatFailsAgainAndAgainIsCut() {
        for (int i = 0; i < 20; i++) {
            submit("d", 1);
        }
        writer.flush();
        for (int i = 0; i <= FencedWriter.STRIKES_MAX; i++) {
            assertThat(sent).hasSize(1);
            sent.poll().done().accept(WriteReply.refused(ErrorCode.BAD_VERSION, 1));
        }
        assertThat(sent.stream().map(batch -> batch.writes().size() - 1)).containsExactly(7, 8);
    }

    @Test
    void whenTheFenceHasFallenNothingIsWrittenAnyMore() {
        submit("a", FencedWriter.OPS_MAX);
        submit("b", 1);
        writer.flush();
        Sent second = sent.pollLast();
        sent.poll().done().accept(WriteReply.refused(ErrorCode.BAD_VERSION, 0));
        accept(second);
        submit("c", 1);
        writer.flush();
        assertThat(sent).isEmpty();
        assertThat(told).containsExactly("deposed");
    }

    @Test
    void withoutAnAnswerNobodyKnows() {
        submit("a", 1);
        submit("b", 1);
        writer.flush();
        sent.poll().done().accept(WriteReply.lost(ErrorCode.CONNECTION_LOSS, true));
        assertThat(told).containsExactly("a LOST -1", "b LOST -1");
        assertThat(Set.copyOf(sent)).isEmpty();
    }
}
