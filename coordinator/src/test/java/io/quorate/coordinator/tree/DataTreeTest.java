package io.quorate.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.txn.CreateTtlTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.SetDataTxn;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DataTreeTest {

    private static final List<Acl> BOB = List.of(new Acl(31, new Identity("digest", "bob:x")));
    private static final List<Acl> EVE = List.of(new Acl(31, new Identity("digest", "eve:x")));

    private final DataTree tree = new DataTree(true, new SilentChanges());

    private Znode create(String path, int parentVersion, long zxid) {
        return tree.apply(new CreateTxn(path, new byte[1], Acl.OPEN_UNSAFE, false, parentVersion), 0, zxid, 5);
    }

    @Test
    void aFreshTreeLooksAsTheReferenceShowsIt() {
        assertThat(tree.nodeCount()).isEqualTo(5);
        assertThat(tree.approximateDataSize()).isEqualTo(44);
        assertThat(tree.root().stat().cversion()).isEqualTo(-1);
        assertThat(tree.root().stat().numChildren()).isEqualTo(1);
        assertThat(tree.get(Paths.CONFIG).stat().aversion()).isEqualTo(-1);
        assertThat(tree.acl(tree.get(Paths.CONFIG))).isEqualTo(Acl.READ_UNSAFE);
    }

    @Test
    void theEmptyPathIsTheRoot() {
        assertThat(tree.get("")).isSameAs(tree.get("/"));
    }

    @Test
    void creationsAndDeletionsBothRaiseTheReportedChildVersion() {
        create("/a", 1, 1);
        create("/b", 2, 2);
        assertThat(tree.root().stat().cversion()).isEqualTo(1);
        tree.delete("/a", 3);
        assertThat(tree.root().stat().cversion()).isEqualTo(2);
        assertThat(tree.root().pzxid()).isEqualTo(3);
        assertThat(tree.root().childVersion()).isEqualTo(2);
    }

    @Test
    void aChildVersionThatWouldSinkIsNotTakenNorIsItsZxid() {
        create("/a", 9, 1);
        create("/b", 3, 2);

        assertThat(tree.root().childVersion()).isEqualTo(9);
        assertThat(tree.root().pzxid()).isEqualTo(1);
    }

    @Test
    void aTtlOutOfRangeHasNoEffect() {
        for (long ttl : new long[] {0, -1, Owners.TTL_MILLIS_MAX + 1}) {
            assertThat(tree.apply(new CreateTtlTxn("/t", null, Acl.OPEN_UNSAFE, 1, ttl), 1, 1))
                    .isNull();
        }
        assertThat(tree.get("/t")).isNull();
    }

    @Test
    void setAclChangesNothingButTheListAndItsVersion() {
        create("/a", 1, 1);
        tree.apply(new SetAclTxn("/a", BOB, 1));

        Znode node = tree.get("/a");
        assertThat(tree.acl(node)).isEqualTo(BOB);
        assertThat(node.stat().aversion()).isEqualTo(1);
        assertThat(node.mzxid()).isEqualTo(1);
    }

    @Test
    void replayingWhatIsThereOrGoneIsHarmless() {
        create("/a", 1, 1);
        assertThat(create("/a", 1, 1)).isNull();
        assertThat(tree.delete("/b", 2)).isNull();
        assertThat(tree.apply(new SetDataTxn("/b", null, 1), 3, 3)).isNull();
        assertThat(tree.apply(new SetAclTxn("/b", BOB, 1))).isNull();
        assertThat(tree.nodeCount()).isEqualTo(6);
    }

    @Test
    void sizeAndDigestReturnToWhatTheyWere() {
        long size = tree.approximateDataSize();
        create("/a", 1, 0);
        tree.apply(new SetDataTxn("/a", new byte[100], 1), 2, 2);
        long digest = tree.digest() - Integer.toUnsignedLong(tree.get("/a").digest);
        tree.delete("/a", 0);

        assertThat(tree.approximateDataSize()).isEqualTo(size);
        assertThat(tree.digest()).isEqualTo(digest);
        assertThat(tree.acls().size()).isEqualTo(1);
    }

    @Test
    void aLoadedTreeIsAsLargeAsTheOneThatWasStored() {
        create("/a", 1, 1);
        long size = tree.approximateDataSize();
        long digest = tree.digest();
        DataTree loaded = new DataTree(true, new SilentChanges());
        loaded.reset();
        tree.acls().forEach(loaded::loadAcl);
        for (String path : List.of("", "/zookeeper", "/zookeeper/quota", "/zookeeper/config", "/a")) {
            assertThat(loaded.load(path, tree.get(path).image())).isTrue();
        }
        loaded.loaded();

        assertThat(loaded.digest()).isEqualTo(digest);
        assertThat(loaded.approximateDataSize()).isEqualTo(size);
        assertThat(loaded.nodeCount()).isEqualTo(6);
    }

    /** A list that a damaged snapshot brought must not stand for another one of the snapshot that was taken instead. */
    @Test
    void nothingOfAnEarlierLoadIsLeftInTheAccessLists() {
        tree.reset();
        tree.loadAcl(5, BOB);
        tree.reset();
        tree.loadAcl(5, EVE);
        tree.load("/", NodeImage.created(null, 5, 0, 0, 0));
        tree.loaded();

        Znode node = tree.apply(new CreateTxn("/a", null, BOB, false, 1), 0, 1, 1);

        assertThat(tree.acl(node)).isEqualTo(BOB);
        assertThat(tree.apply(new CreateTxn("/c", null, Acl.READ_UNSAFE, false, 2), 0, 2, 2))
                .satisfies(other -> assertThat(tree.acl(other)).isEqualTo(Acl.READ_UNSAFE));
    }

    @Test
    void descendantsAreCounted() {
        create("/a", 1, 1);
        create("/a/b", 1, 2);
        create("/a/b/c", 1, 3);
        create("/ab", 2, 4);

        assertThat(tree.countBelow(tree.get("/a"))).isEqualTo(2);
        assertThat(tree.countBelow(tree.get("/a/b/c"))).isZero();
        assertThat(tree.countBelow(tree.root())).isEqualTo(7);
    }
}
