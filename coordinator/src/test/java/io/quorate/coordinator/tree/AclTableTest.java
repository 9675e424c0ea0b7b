package io.quorate.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AclTableTest {

    private static final List<Acl> BOB = List.of(new Acl(31, new Identity("digest", "bob:x")));
    private static final List<Acl> EVE = List.of(new Acl(31, new Identity("digest", "eve:x")));

    private final AclTable acls = new AclTable();

    @Test
    void theOpenListIsNeverHeld() {
        assertThat(acls.acquire(Acl.OPEN_UNSAFE)).isEqualTo(AclTable.OPEN);
        assertThat(acls.acquire(List.of())).isEqualTo(AclTable.OPEN);
        assertThat(acls.acquire((List<Acl>) null)).isEqualTo(AclTable.OPEN);
        assertThat(acls.size()).isZero();
        assertThat(acls.get(AclTable.OPEN)).isEqualTo(Acl.OPEN_UNSAFE);
    }

    @Test
    void equalListsAreHeldOnceUntilTheirLastUserGoes() {
        int id = acls.acquire(BOB);
        assertThat(acls.acquire(List.copyOf(BOB))).isEqualTo(id);
        acls.acquire(id);

        acls.release(id);
        acls.release(id);
        assertThat(acls.get(id)).isEqualTo(BOB);
        acls.release(id);
        assertThat(acls.size()).isZero();
    }

    @Test
    void anIdIsNotUsedAgainForAnotherList() {
        int bob = acls.acquire(BOB);
        acls.release(bob);

        assertThat(acls.acquire(EVE)).isNotEqualTo(bob);
    }

    @Test
    void newIdsBeginBehindThoseOfASnapshot() {
        acls.put(7, BOB);

        assertThat(acls.acquire(EVE)).isEqualTo(8);
        assertThat(acls.acquire(BOB)).isEqualTo(7);
    }

    @Test
    void listsOfASnapshotThatNoNodeUsesAreDropped() {
        acls.put(7, BOB);
        acls.put(8, EVE);
        acls.acquire(8);

        acls.dropUnused();

        assertThat(acls.size()).isEqualTo(1);
        assertThat(acls.acquire(BOB)).isEqualTo(9);
    }
}
