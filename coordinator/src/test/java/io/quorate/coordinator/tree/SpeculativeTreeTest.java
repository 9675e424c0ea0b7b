package io.quorate.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.Seed;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.txn.CreateContainerTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.SetAclTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.Txn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Plans run ahead of what is applied, some in a multi that is taken back. A plain map of what every node should be after each
 * plan is the model; the predicted digest must be the applied one.
 */
final class SpeculativeTreeTest {

    private static final int STEPS = Integer.getInteger("quorate.speculative.steps", 20_000);
    private static final long[] OWNERS = {0, 0, 101, 102, Owners.CONTAINER};
    private static final List<List<Acl>> ACLS =
            List.of(Acl.OPEN_UNSAFE, List.of(new Acl(1, new Identity("digest", "bob:x"))));

    /** What a node should be: owner, version, access list version, data length, child version. */
    private record Expected(long owner, int version, int aversion, int dataLength, int childVersion) {}

    private record Proposal(long zxid, long timeMillis, List<Txn> txns, Map<Txn, Long> owners, long digest) {}

    private final DataTree tree = new DataTree(true, new SilentChanges());
    private final SpeculativeTree speculative = new SpeculativeTree(tree);
    private final Random random = Seed.random(SpeculativeTreeTest.class);
    private final Deque<Proposal> inFlight = new ArrayDeque<>();
    private TreeMap<String, Expected> model = new TreeMap<>(Map.of("/", new Expected(0, 0, 0, 0, 0)));
    private long zxid;

    @Test
    void plansSeeEverythingPlannedAndPredictTheDigest() {
        for (int step = 0; step < STEPS; step++) {
            if (inFlight.size() < 40 && random.nextInt(3) > 0) {
                propose();
            } else if (!inFlight.isEmpty()) {
                commit();
            }
            String probe = path();
            check(probe);
            check(Paths.parent(probe));
        }
        while (!inFlight.isEmpty()) {
            commit();
        }
        model.keySet().forEach(this::check);
        assertThat(tree.nodeCount()).as(replay()).isEqualTo(model.size() + 4);
    }

    private static String replay() {
        return Seed.replay(SpeculativeTreeTest.class);
    }

    /** Few names on three levels, so that plans meet. */
    private String path() {
        StringBuilder path = new StringBuilder();
        for (int depth = random.nextInt(3); depth >= 0; depth--) {
            path.append("/").append(random.nextInt(4));
        }
        return path.toString();
    }

    private void propose() {
        Stamp stamp = new Stamp(++zxid, zxid * 7);
        int parts = random.nextInt(4) == 0 ? 1 + random.nextInt(6) : 0;
        List<Txn> txns = new ArrayList<>();
        Map<Txn, Long> owners = new IdentityHashMap<>();
        long before = speculative.digest();
        TreeMap<String, Expected> modelBefore = new TreeMap<>(model);
        SpeculativeTree.Mark mark = parts > 0 ? speculative.begin() : null;
        for (int i = 0; i < Math.max(1, parts); i++) {
            plan(stamp, txns, owners);
        }
        if (parts > 0 && random.nextBoolean()) {
            speculative.rollback(mark);
            assertThat(speculative.digest()).as(replay()).isEqualTo(before);
            txns.clear();
            model = modelBefore;
        } else if (parts > 0) {
            speculative.keep();
        }
        inFlight.add(new Proposal(zxid, zxid * 7, txns, owners, speculative.digest()));
    }

    private void plan(Stamp stamp, List<Txn> txns, Map<Txn, Long> owners) {
        String path = path();
        PlannedNode node = speculative.node(path);
        PlannedNode parent = speculative.node(Paths.parent(path));
        if (random.nextInt(60) == 0) {
            closeSession(101 + random.nextInt(2), stamp, txns);
        } else if (node == null && parent != null && !Owners.isEphemeral(parent.owner())) {
            create(parent, path, stamp, txns, owners);
        } else if (node != null && node.childCount() == 0 && random.nextInt(3) == 0) {
            speculative.delete(parent, node, stamp.zxid());
            model.remove(path);
            txns.add(new DeleteTxn(path));
        } else if (node != null && random.nextBoolean()) {
            byte[] data = new byte[random.nextInt(5)];
            int version = speculative.setData(node, data, node.version() + 1, stamp);
            txns.add(new SetDataTxn(path, data, version));
            Expected was = model.get(path);
            model.put(path, new Expected(was.owner, was.version + 1, was.aversion, data.length, was.childVersion));
        } else if (node != null) {
            List<Acl> acl = ACLS.get(random.nextInt(2));
            txns.add(new SetAclTxn(path, acl, speculative.setAcl(node, acl, stamp.zxid())));
            Expected was = model.get(path);
            model.put(path, new Expected(was.owner, was.version, was.aversion + 1, was.dataLength, was.childVersion));
        }
    }

    private void create(PlannedNode parent, String path, Stamp stamp, List<Txn> txns, Map<Txn, Long> owners) {
        long owner = OWNERS[random.nextInt(OWNERS.length)];
        byte[] data = random.nextBoolean() ? null : new byte[3];
        List<Acl> acl = ACLS.get(random.nextInt(2));
        int childVersion = speculative.create(parent, path, data, acl, owner, stamp);
        Txn txn = owner == Owners.CONTAINER
                ? new CreateContainerTxn(path, data, acl, childVersion)
                : new CreateTxn(path, data, acl, owner != 0, childVersion);
        txns.add(txn);
        owners.put(txn, owner);
        model.put(path, new Expected(owner, 0, 0, data == null ? 0 : 3, 0));
        model.computeIfPresent(
                Paths.parent(path),
                (p, was) -> new Expected(was.owner, was.version, was.aversion, was.dataLength, was.childVersion + 1));
    }

    private void closeSession(long session, Stamp stamp, List<Txn> txns) {
        Set<String> expected = new TreeSet<>();
        model.forEach((path, node) -> {
            if (node.owner == session) {
                expected.add(path);
            }
        });
        List<String> paths = speculative.ephemerals(session, committedOf(session));
        assertThat(paths).as(replay()).containsExactlyInAnyOrderElementsOf(expected);
        for (String path : paths) {
            speculative.delete(speculative.node(Paths.parent(path)), speculative.node(path), stamp.zxid());
            model.remove(path);
            txns.add(new DeleteTxn(path));
        }
    }

    private Set<String> committedOf(long session) {
        Set<String> paths = new LinkedHashSet<>();
        for (Znode at = tree.following("/"); at != null; at = tree.following(at.path)) {
            if (at.owner == session) {
                paths.add(at.path);
            }
        }
        return paths;
    }

    private void commit() {
        Proposal proposal = inFlight.poll();
        for (Txn txn : proposal.txns) {
            apply(txn, proposal);
        }
        assertThat(tree.digest()).as("%s at zxid %d", replay(), proposal.zxid).isEqualTo(proposal.digest);
        speculative.applied(proposal.zxid, inFlight.isEmpty());
    }

    private void apply(Txn txn, Proposal proposal) {
        if (txn instanceof CreateTxn create) {
            tree.apply(create, proposal.owners.get(txn), proposal.zxid, proposal.timeMillis);
        } else if (txn instanceof CreateContainerTxn create) {
            tree.apply(create, proposal.zxid, proposal.timeMillis);
        } else if (txn instanceof DeleteTxn delete) {
            tree.delete(delete.path(), proposal.zxid);
        } else if (txn instanceof SetDataTxn set) {
            tree.apply(set, proposal.zxid, proposal.timeMillis);
        } else {
            tree.apply((SetAclTxn) txn);
        }
    }

    private void check(String path) {
        PlannedNode node = speculative.node(path);
        Expected expected = model.get(path);
        assertThat(node == null).as("%s missing, %s", path, replay()).isEqualTo(expected == null);
        if (node == null) {
            return;
        }
        assertThat(new Expected(node.owner(), node.version(), node.aversion(), node.dataLength(), node.childVersion()))
                .as("%s, %s", path, replay())
                .isEqualTo(expected);
        long children = model.keySet().stream()
                .filter(other -> !other.equals("/") && Paths.parent(other).equals(path))
                .count();
        assertThat(node.childCount())
                .as("children of %s, %s", path, replay())
                .isEqualTo((int) children + (path.equals("/") ? 1 : 0));
    }

    @Test
    void nothingIsRememberedOfEphemeralsThatWereTakenBack() {
        Stamp stamp = new Stamp(1, 1);
        SpeculativeTree.Mark mark = speculative.begin();
        speculative.create(speculative.node("/"), "/e", null, Acl.OPEN_UNSAFE, 101, stamp);
        speculative.rollback(mark);
        speculative.applied(1, false);

        assertThat(speculative.node("/e")).isNull();
        assertThat(speculative.ephemerals(101, new TreeSet<>())).isEmpty();
        assertThat(speculative.rememberedEphemerals()).isZero();
    }

    /** The number of the last child a parent can count (semantics 3.4). */
    @Test
    void theChildVersionStopsAtTheLargestNumber() {
        tree.apply(new CreateTxn("/p", null, Acl.OPEN_UNSAFE, false, 1), 0, 1, 1);
        tree.apply(new CreateTxn("/p/last", null, Acl.OPEN_UNSAFE, false, Integer.MAX_VALUE), 0, 2, 1);
        speculative.clear();

        int next = speculative.create(speculative.node("/p"), "/p/x", null, Acl.OPEN_UNSAFE, 0, new Stamp(3, 1));
        long predicted = speculative.digest();
        tree.apply(new CreateTxn("/p/x", null, Acl.OPEN_UNSAFE, false, next), 0, 3, 1);

        assertThat(next).isEqualTo(Integer.MIN_VALUE);
        assertThat(tree.get("/p").childVersion()).isEqualTo(Integer.MAX_VALUE);
        assertThat(tree.get("/p").pzxid()).isEqualTo(2);
        assertThat(tree.digest()).isEqualTo(predicted);
    }
}
