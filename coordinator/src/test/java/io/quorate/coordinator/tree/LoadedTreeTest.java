package io.quorate.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.txn.SetAclTxn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A tree into which a snapshot is loaded holds that snapshot and nothing of what was there before. */
final class LoadedTreeTest {

    private static final List<Acl> BOB = List.of(new Acl(Acl.ALL, new Identity("digest", "bob:x")));

    private final DataTree tree = new DataTree(true, new Silent());

    private record Silent() implements Changes {
        @Override
        public void created(Znode node) {}

        @Override
        public void deleted(Znode node) {}

        @Override
        public void dataChanged(Znode node) {}
    }

    private static NodeImage image(int aclId) {
        return NodeImage.created(new byte[0], aclId, 1, 1, Owners.PERSISTENT);
    }

    @Test
    void listsFromBeforeALoadAreForgotten() {
        tree.reset();
        tree.loadAcl(1, BOB);
        tree.load("", image(AclTable.OPEN));
        tree.load("/a", image(1));
        tree.loaded();

        tree.apply(new SetAclTxn("/a", Acl.READ_UNSAFE, 1));

        assertThat(tree.acl(tree.get("/a"))).isEqualTo(Acl.READ_UNSAFE);
    }

    @Test
    void listsOfADamagedSnapshotAreForgotten() {
        tree.reset();
        tree.loadAcl(1, BOB);
        tree.reset();
        tree.load("", image(AclTable.OPEN));
        tree.load("/a", image(1));
        tree.loaded();

        assertThat(tree.acls().size()).isEqualTo(1);
        assertThat(tree.acl(tree.get("/a"))).isNotEqualTo(BOB);
    }

    @Test
    void systemNodesThatAnOldSnapshotLacksAreAdded() {
        tree.reset();
        tree.load("", image(AclTable.OPEN));
        tree.load("/zookeeper", image(AclTable.OPEN));
        tree.loaded();

        assertThat(tree.get(Paths.QUOTA)).isNotNull();
        assertThat(tree.acl(tree.get(Paths.CONFIG))).isEqualTo(Acl.READ_UNSAFE);
    }
}
