package io.quorate.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.layout.SubscriptionPattern;
import io.quorate.groups.layout.Target;
import io.quorate.libraries.RecordLog.Kind;
import io.quorate.libraries.RecordLog.Line;
import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.CheckVersionTxn;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.MultiTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.SubTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnEntry;
import io.quorate.wire.txn.TxnHeader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule complains of the small wrong history that is made for it: chaos that cannot fail proves nothing. */
final class RulesTest {
    private static final String GROUP = "g";
    private static final GroupPaths PATHS = new GroupPaths(GROUP);
    private static final TopicPartition FIRST = new TopicPartition("t", 0);
    private static final TopicPartition SECOND = new TopicPartition("t", 1);
    private static final long ONE = 1;
    private static final long TWO = 2;
    private static final long OPERATOR = 9;
    private static final String A = "g_a-1-1";
    private static final String B = "g_b-2-1";

    private final LibraryHistory history = new LibraryHistory(List.of(GROUP));
    private final ProcessingRules processing = new ProcessingRules(GROUP);
    private long millis = 1_000_000;
    private long zxid;

    @BeforeEach
    void twoMembersTheFirstOfWhichLeads() {
        for (long session : new long[] {ONE, TWO, OPERATOR}) {
            commit(session, new CreateSessionTxn(10_000));
        }
        for (String path : List.of(
                "/consumers",
                PATHS.root(),
                PATHS.ids(),
                PATHS.owners(),
                PATHS.owners("t"),
                PATHS.offsets(),
                PATHS.offsets("t"),
                PATHS.quorate(),
                PATHS.targets(),
                PATHS.leaderEpoch())) {
            commit(OPERATOR, create(path, "", false));
        }
        commit(ONE, create(PATHS.id(A), "{}", true));
        commit(TWO, create(PATHS.id(B), "{}", true));
        commit(ONE, set(PATHS.leaderEpoch(), "1", 1));
    }

    // ---- transactions

    private void commit(long session, Txn... parts) {
        millis += 10;
        zxid++;
        List<SubTxn> subs = new ArrayList<>();
        for (Txn each : parts) {
            subs.add(new SubTxn(OpCode.CHECK.code(), each));
        }
        Txn txn = parts.length == 1 ? parts[0] : new MultiTxn(subs);
        history.commit(new TxnEntry(new TxnHeader(session, 0, zxid, millis, OpCode.MULTI.code()), txn, null));
    }

    private void offends(String rule, long session, Txn... parts) {
        assertThatThrownBy(() -> commit(session, parts))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(rule);
    }

    private static Txn create(String path, String text, boolean ephemeral) {
        return new CreateTxn(path, text.getBytes(StandardCharsets.UTF_8), Acl.OPEN_UNSAFE, ephemeral, 1);
    }

    private static Txn set(String path, String text, int version) {
        return new SetDataTxn(path, text.getBytes(StandardCharsets.UTF_8), version);
    }

    private static Txn check(String path) {
        return new CheckVersionTxn(path, 1);
    }

    private static Txn own(TopicPartition partition, String member) {
        return create(PATHS.owner(partition), member + "-0", true);
    }

    private static Txn target(String member, TopicPartition... partitions) {
        String body = new String(Target.of(1, member, List.of(partitions)).bytes(), StandardCharsets.UTF_8);
        return create(PATHS.target(member), body, false);
    }

    @Test
    void whatIsRightIsLeftAlone() {
        assertThatCode(() -> {
                    commit(ONE, check(PATHS.leaderEpoch()), target(A, FIRST), target(B, SECOND));
                    commit(ONE, check(PATHS.id(A)), own(FIRST, A));
                    commit(ONE, check(PATHS.id(A)), create(PATHS.offset(FIRST), "5", false));
                    commit(
                            ONE,
                            check(PATHS.id(A)),
                            set(PATHS.offset(FIRST), "7", 1),
                            new DeleteTxn(PATHS.owner(FIRST)));
                    commit(TWO, own(FIRST, B));
                    commit(TWO, new CloseSessionTxn(null));
                    commit(OPERATOR, set(PATHS.offset(FIRST), "0", 2));
                })
                .doesNotThrowAnyException();
        assertThat(history.ask(() -> history.group(GROUP).ownerships()))
                .extracting(Ownership::offset)
                .containsExactly(0L, 7L);
    }

    @Test
    void ownersAreMembers() {
        offends("G1: t-0 is given to a member of the same session", ONE, own(FIRST, B));
    }

    @Test
    void ownersArePutOutByNobodyElse() {
        commit(ONE, own(FIRST, A));
        offends("G1: nobody takes t-0 away", TWO, new DeleteTxn(PATHS.owner(FIRST)));
    }

    @Test
    void ownershipIsEphemeral() {
        offends("G1: owners of t-0 are ephemeral", ONE, create(PATHS.owner(FIRST), A + "-0", false));
    }

    @Test
    void twoOwnersCannotBe() {
        commit(ONE, own(FIRST, A));
        offends("what cannot be", TWO, own(FIRST, B));
    }

    @Test
    void idsAreUsedOnce() {
        commit(ONE, new CloseSessionTxn(null));
        offends("D2: an id is used once", TWO, create(PATHS.id(A), "{}", true));
    }

    @Test
    void targetsAreDisjoint() {
        offends("G2: t-0 is in one target", ONE, check(PATHS.leaderEpoch()), target(A, FIRST), target(B, FIRST));
    }

    @Test
    void whoCommitsOwns() {
        commit(ONE, own(FIRST, A));
        offends("G4: who commits t-0 owns it", TWO, create(PATHS.offset(FIRST), "5", false));
    }

    @Test
    void whoOwnsNoMoreCommitsNoMore() {
        commit(ONE, own(FIRST, A));
        commit(ONE, create(PATHS.offset(FIRST), "5", false), new DeleteTxn(PATHS.owner(FIRST)));
        offends("G4: who commits t-0 owns it", ONE, set(PATHS.offset(FIRST), "6", 1));
    }

    @Test
    void offsetsDoNotGoBack() {
        commit(ONE, own(FIRST, A), create(PATHS.offset(FIRST), "5", false));
        offends("G4: offsets of t-0 do not go back", ONE, set(PATHS.offset(FIRST), "4", 1));
    }

    @Test
    void nothingIsMovedWithoutNeed() {
        commit(ONE, check(PATHS.leaderEpoch()), target(A, FIRST), target(B, SECOND));
        offends(
                "G6",
                ONE,
                check(PATHS.leaderEpoch()),
                new DeleteTxn(PATHS.target(A)),
                new DeleteTxn(PATHS.target(B)),
                target(A, SECOND),
                target(B, FIRST));
    }

    @Test
    void whoIsAwayKeepsWhatItHas() {
        TopicPartition third = new TopicPartition("t", 2);
        TopicPartition fourth = new TopicPartition("t", 3);
        Txn three = target(A, FIRST, SECOND, third);
        commit(ONE, check(PATHS.leaderEpoch()), three, target(B, fourth));
        commit(TWO, new CloseSessionTxn(null));
        assertThatCode(() -> commit(ONE, check(PATHS.leaderEpoch()), new DeleteTxn(PATHS.target(A)), three))
                .doesNotThrowAnyException();
    }

    @Test
    void whoIsThereSharesWithTheOthers() {
        Txn both = target(A, FIRST, SECOND);
        commit(ONE, check(PATHS.leaderEpoch()), both, target(B));
        offends("G6", ONE, check(PATHS.leaderEpoch()), new DeleteTxn(PATHS.target(A)), both);
    }

    @Test
    void leadersAreCounted() {
        offends("G8: the leader's epoch grows by one", TWO, set(PATHS.leaderEpoch(), "1", 2));
    }

    @Test
    void leadersEpochsDoNotGoBack() {
        offends("G8: the leader's epoch grows by one", TWO, set(PATHS.leaderEpoch(), "0", 2));
    }

    @Test
    void deposedLeadersDecideNothing() {
        commit(TWO, set(PATHS.leaderEpoch(), "2", 2));
        offends("G8: who decides is the last leader", ONE, check(PATHS.leaderEpoch()), target(A, FIRST));
    }

    @Test
    void leadersProveThatTheyLead() {
        offends("G8: who decides is the last leader", ONE, target(A, FIRST));
    }

    @Test
    void whoLeavesForGoodTakesItsOwnTargetWithItAndNoOther() {
        String leaver = "g_c-3-1";
        Registration.Origin origin = new Registration.Origin("third", null, null, null);
        Registration registration = new Registration(
                new Subscription(SubscriptionPattern.STATIC, new TreeMap<>(Map.of("t", 1))), "1", true, origin);
        String body = new String(registration.bytes(), StandardCharsets.UTF_8);
        commit(TWO, create(PATHS.id(leaver), body, true));
        commit(ONE, check(PATHS.leaderEpoch()), target("third"), target(B));
        offends("G8", TWO, new DeleteTxn(PATHS.target("third")));
        commit(ONE, check(PATHS.leaderEpoch()), target("third"));
        offends("G8", TWO, new DeleteTxn(PATHS.id(leaver)), new DeleteTxn(PATHS.target(B)));
        commit(TWO, create(PATHS.id("g_d-3-2"), body, true));
        assertThatCode(() -> commit(TWO, new DeleteTxn(PATHS.id("g_d-3-2")), new DeleteTxn(PATHS.target("third"))))
                .doesNotThrowAnyException();
    }

    @Test
    void onlyLeadersThrowMembersOut() {
        offends("D4", TWO, new DeleteTxn(PATHS.id(A)));
    }

    @Test
    void theRegistryIsWatchedToo() {
        commit(OPERATOR, create(RegistryPaths.CONTROLLER_EPOCH, "5", false));
        offends(
                "C1",
                ONE,
                create(RegistryPaths.CONTROLLER, "{}", true),
                set(
                        RegistryPaths.CONTROLLER_EPOCH,
                        new String(ControllerJson.encodeEpoch(4), StandardCharsets.UTF_8),
                        1));
    }

    // ---- records

    private Line line(Kind kind, String host, TopicPartition partition, long offset, long atMillis) {
        return kind.of(GROUP, host, partition, offset, TimeUnit.MILLISECONDS.toNanos(atMillis));
    }

    /** By these ownerships, with a clock that began in 1970. */
    private List<String> complaints(List<Ownership> ownerships, Line... lines) {
        processing.check(List.of(lines), ownerships, 0);
        return processing.complaints();
    }

    private static Ownership owned(String host, long fromMillis, long toMillis, long offset) {
        Ownership ownership = new Ownership(FIRST, "g_" + host + "-1-1", host, fromMillis, offset);
        ownership.end(toMillis);
        return ownership;
    }

    @Test
    void oneAfterTheOtherIsRight() {
        assertThat(complaints(
                        List.of(owned("a", 1_000, 5_000, 0), owned("b", 6_000, 9_000, 2)),
                        line(Kind.ASSIGNED, "a", FIRST, 0, 1_100),
                        line(Kind.RECORD, "a", FIRST, 0, 1_200),
                        line(Kind.RECORD, "a", FIRST, 1, 4_900),
                        line(Kind.REVOKED, "a", FIRST, 2, 4_950),
                        line(Kind.ASSIGNED, "b", FIRST, 2, 6_100),
                        line(Kind.RECORD, "b", FIRST, 2, 6_200)))
                .isEmpty();
        assertThat(processing.latest(FIRST).host()).isEqualTo("b");
    }

    @Test
    void twoAtATime() {
        assertThat(complaints(
                        List.of(owned("a", 1_000, 9_000, 0), owned("b", 1_000, 9_000, 0)),
                        line(Kind.ASSIGNED, "a", FIRST, 0, 1_100),
                        line(Kind.RECORD, "a", FIRST, 0, 1_200),
                        line(Kind.RECORD, "a", FIRST, 1, 6_300),
                        line(Kind.ASSIGNED, "b", FIRST, 0, 6_100),
                        line(Kind.RECORD, "b", FIRST, 0, 6_200)))
                .singleElement()
                .asString()
                .contains("two at a time");
    }

    @Test
    void afterTheEnd() {
        assertThat(complaints(
                        List.of(owned("a", 1_000, 5_000, 0)),
                        line(Kind.ASSIGNED, "a", FIRST, 0, 1_100),
                        line(Kind.RECORD, "a", FIRST, 0, 5_200)))
                .singleElement()
                .asString()
                .contains("when it was not its own");
    }

    @Test
    void withoutHavingBeenGivenIt() {
        assertThat(complaints(
                        List.of(owned("a", 1_000, 5_000, 0)),
                        line(Kind.ASSIGNED, "a", FIRST, 0, 1_100),
                        line(Kind.LOST, "a", FIRST, 0, 1_200),
                        line(Kind.RECORD, "a", FIRST, 0, 1_300)))
                .singleElement()
                .asString()
                .contains("without having been given it");
    }

    @Test
    void fromSomewhereElse() {
        assertThat(complaints(
                        List.of(owned("a", 1_000, 5_000, 7)),
                        line(Kind.ASSIGNED, "a", FIRST, 6, 1_100),
                        line(Kind.RECORD, "a", FIRST, 6, 1_300)))
                .singleElement()
                .asString()
                .contains("handing over");
    }

    @Test
    void whoWasCutOffGoesOnFromItsOwnCommits() {
        assertThat(complaints(
                        List.of(owned("a", 1_000, 5_000, 0)),
                        line(Kind.ASSIGNED, "a", FIRST, 0, 1_100),
                        line(Kind.RECORD, "a", FIRST, 0, 1_300),
                        line(Kind.LOST, "a", FIRST, 1, 2_000),
                        line(Kind.ASSIGNED, "a", FIRST, 1, 3_000),
                        line(Kind.RECORD, "a", FIRST, 1, 3_100)))
                .isEmpty();
    }

    /** It gives the partition up, has it back at once, and is cut off later. */
    @Test
    void whoHadItBackAtOnceGoesOnFromItsOwnCommits() {
        assertThat(complaints(
                        List.of(owned("a", 1_000, 5_000, 0), owned("a", 5_001, 9_000, 1)),
                        line(Kind.ASSIGNED, "a", FIRST, 0, 1_100),
                        line(Kind.RECORD, "a", FIRST, 0, 1_300),
                        line(Kind.REVOKED, "a", FIRST, 1, 4_990),
                        line(Kind.ASSIGNED, "a", FIRST, 1, 5_002),
                        line(Kind.RECORD, "a", FIRST, 1, 5_003),
                        line(Kind.LOST, "a", FIRST, 2, 6_000),
                        line(Kind.ASSIGNED, "a", FIRST, 2, 7_000),
                        line(Kind.RECORD, "a", FIRST, 2, 7_100)))
                .isEmpty();
    }

    @Test
    void offsetsThatNobodyMoves() {
        assertThat(complaints(List.of(), line(Kind.MOVED, "a", FIRST, 0, 1_100)))
                .singleElement()
                .asString()
                .startsWith("D8");
    }

    @Test
    void membersThatEndUnasked() {
        assertThat(complaints(List.of(), line(Kind.ENDED, "a", FIRST, 0, 1_100)))
                .hasSize(1);
    }

    @Test
    void aLineThatWasCutIsReadWhenItIsWhole(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("log");
        Line whole = line(Kind.RECORD, "a", FIRST, 3, 5);
        try (RecordLog log = new RecordLog(file)) {
            log.write(List.of(whole, whole));
        }
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() - 4));
        List<Line> lines = new ArrayList<>();
        long end = RecordLog.read(file, 0, lines);
        assertThat(lines).containsExactly(whole);
        Files.writeString(file, text);
        assertThat(RecordLog.read(file, end, lines)).isEqualTo(text.length());
        assertThat(lines).containsExactly(whole, whole);
    }
}
