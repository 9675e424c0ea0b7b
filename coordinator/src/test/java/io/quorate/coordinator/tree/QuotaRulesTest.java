package io.quorate.coordinator.tree;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.SetDataTxn;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotas of semantics 5: kept silently at apply, enforced at plan. */
final class QuotaRulesTest {

    private static final String STATS = "/zookeeper/quota/p/zookeeper_stats";
    private static final String LIMITS = "/zookeeper/quota/p/zookeeper_limits";

    private final DataTree tree = new DataTree(true, new SilentChanges());
    private long zxid;

    private void create(String path, String data) {
        tree.apply(new CreateTxn(path, data.getBytes(US_ASCII), Acl.OPEN_UNSAFE, false, -1), 0, ++zxid, 1);
    }

    private void set(String path, String data) {
        byte[] bytes = data == null ? null : data.getBytes(US_ASCII);
        tree.apply(new SetDataTxn(path, bytes, 1), ++zxid, 1);
    }

    private String data(String path) {
        return new String(tree.get(path).data(), US_ASCII);
    }

    @BeforeEach
    void aQuotaOnP() {
        create("/p", "123");
        create("/p/a", "4567");
        create("/zookeeper/quota/p", "");
        create(LIMITS, "count=-1,bytes=-1=;byteHardLimit=12;countHardLimit=4");
        create(STATS, "count=0,bytes=0");
    }

    @Test
    void figuresAreComputedWhenTheyAreCreated() {
        assertThat(data(STATS)).isEqualTo("count=2,bytes=7");
    }

    @Test
    void figuresFollowEveryChangeBelow() {
        create("/p/a/b", "12");
        assertThat(data(STATS)).isEqualTo("count=3,bytes=9");
        set("/p/a/b", "1");
        assertThat(data(STATS)).isEqualTo("count=3,bytes=8");
        tree.delete("/p/a/b", ++zxid);
        assertThat(data(STATS)).isEqualTo("count=2,bytes=7");
        create("/pp", "12345");
        assertThat(data(STATS)).isEqualTo("count=2,bytes=7");
    }

    @Test
    void figuresChangeWithoutATrace() {
        long size = tree.approximateDataSize();
        create("/p/b", "12");
        Znode stats = tree.get(STATS);

        assertThat(stats.version()).isZero();
        assertThat(stats.mzxid()).isEqualTo(5);
        assertThat(tree.approximateDataSize()).isEqualTo(size + "/p/b".length() + 2);
    }

    @Test
    void onlyTheDeepestQuotaCounts() {
        create("/zookeeper/quota/p/a", "");
        create("/zookeeper/quota/p/a/zookeeper_limits", "count=1,bytes=-1");
        create("/zookeeper/quota/p/a/zookeeper_stats", "");
        create("/p/a/b", "12");

        assertThat(data("/zookeeper/quota/p/a/zookeeper_stats")).isEqualTo("count=2,bytes=6");
        assertThat(data(STATS)).isEqualTo("count=2,bytes=7");
        assertThat(tree.quotas().check("/p/a/c", 1, 100, true)).isNull();
    }

    @Test
    void withoutLimitsTheFiguresStandStill() {
        tree.delete(LIMITS, ++zxid);
        create("/p/b", "12");

        assertThat(data(STATS)).isEqualTo("count=2,bytes=7");
        assertThat(tree.quotas().check("/p/c", 100, 100, true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "count=x", "count", "count=1,bytes", "count=", "=", ",count=1", "count= 1"})
    void figuresThatCannotBeReadCountAsNothing(String poison) {
        set(STATS, poison);
        create("/p/b", "12");

        assertThat(data(STATS)).isEqualTo("count=1,bytes=2");
    }

    @Test
    void missingFiguresCountAsNothing() {
        set(STATS, null);
        create("/p/b", "12");

        assertThat(data(STATS)).isEqualTo("count=1,bytes=2");
    }

    /** Two nodes and seven bytes are there; four nodes and twelve bytes are allowed. */
    @ParameterizedTest
    @CsvSource({
        "1, 5, true, ", "2, 5, true, ", "3, 0, true, QUOTA_EXCEEDED", "1, 6, true, QUOTA_EXCEEDED",
        "0, 5, true, ", "0, 6, true, QUOTA_EXCEEDED", "3, 6, false, ", "0, -1, true, "
    })
    void hardLimitsAreRefusedIfEnforced(int nodes, long bytes, boolean enforce, ErrorCode expected) {
        assertThat(tree.quotas().check("/p/x", nodes, bytes, enforce)).isEqualTo(expected);
        assertThat(tree.quotas().check("/pp", nodes, bytes, enforce)).isNull();
    }

    /** Observed: a shrinking write that stays above the limit is refused, one of equal length passes. */
    @Test
    void aWriteThatStaysAboveTheLimitIsRefusedEvenIfItShrinks() {
        set("/p/a", "12345678901234567890");

        assertThat(tree.quotas().check("/p/a", 0, -1, true)).isEqualTo(ErrorCode.QUOTA_EXCEEDED);
        assertThat(tree.quotas().check("/p/a", 0, 0, true)).isNull();
        assertThat(tree.quotas().check("/p/a", 0, -11, true)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "count=,bytes=", "count=1,bytes", "=", ",count=3", "count= 3"})
    void limitsThatCannotBeReadRefuseEveryWriteBelowIfEnforced(String limits) {
        set(LIMITS, limits);

        assertThat(tree.quotas().check("/p/x", 1, 0, true)).isEqualTo(ErrorCode.MARSHALLING_ERROR);
        assertThat(tree.quotas().check("/p/x", 1, 0, false)).isNull();
    }

    @Test
    void missingLimitsRefuseEveryWriteBelowIfEnforced() {
        set(LIMITS, null);

        assertThat(tree.quotas().check("/p/x", 1, 0, true)).isEqualTo(ErrorCode.MARSHALLING_ERROR);
    }

    /** Observed: empty pieces at the end, nothing between two equals signs, other keys and repeated keys can be read. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",;,",
                "count==3;bytes=+1=2,,",
                "later=1,countHardLimit=2,countHardLimit=9",
                "=7",
                "countHardLimit==1"
            })
    void oddLimitsThatCanBeReadRefuseNothing(String limits) {
        set(LIMITS, limits);

        assertThat(tree.quotas().check("/p/x", 1, 5, true)).isNull();
    }

    @Test
    void withoutFiguresNothingIsRefused() {
        tree.delete(STATS, ++zxid);

        assertThat(tree.quotas().check("/p/x", 100, 100, true)).isNull();
    }

    @Test
    void otherKeysOfTheFiguresAreKeptInAlphabeticalOrder() {
        set(STATS, "zz=4,bytes=3;aa=-5,byteHardLimit=");
        create("/p/b", "1");
        assertThat(data(STATS)).isEqualTo("count=1,bytes=1");

        set(STATS, "zz=4,bytes=3;aa=-5");
        create("/p/c", "12");

        assertThat(data(STATS)).isEqualTo("count=0,bytes=5=;aa=-5;zz=4");
    }

    @Test
    void quotasAreFoundAgainAfterLoading() {
        set(STATS, "count=99,bytes=99");
        tree.quotas().rebuild();

        assertThat(data(STATS)).isEqualTo("count=2,bytes=7");
        create("/p/b", "12");
        assertThat(data(STATS)).isEqualTo("count=3,bytes=9");
    }
}
