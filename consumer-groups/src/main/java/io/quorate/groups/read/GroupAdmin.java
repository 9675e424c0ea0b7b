package io.quorate.groups.read;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.groups.layout.Registration;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.client.SyncClient;
import io.quorate.wire.client.WriteOp;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;

/**
 * What an operator does to a group from outside: move and delete offsets, delete the group, throw a member out.
 *
 * <p>Every method waits for the server, and throws the {@link CoordinatorException} with which a request failed, a
 * {@link GroupReadException} if one node may not be read, or a {@link GroupConflict} if somebody else was there; none may be called from a callback of the client. Safe for use by any
 * number of threads.
 */
public final class GroupAdmin {
    private static final int BATCH_MAX = 200;
    /** How often a group is listed that somebody else is changing. */
    private static final int LOOKS_MAX = 10;

    private static final int ANY_VERSION = -1;

    private final CoordinatorClient client;

    /** Works with this client, and does not close it. */
    public GroupAdmin(CoordinatorClient client) {
        this.client = client;
    }

    /**
     * Says what a reset would do, and does nothing.
     *
     * @param group as it is now
     * @param which partitions it is about; they need not be known to the group yet
     */
    public List<OffsetChange> planReset(GroupFacts group, Collection<TopicPartition> which, OffsetReset reset) {
        Map<TopicPartition, PartitionFacts> known = new TreeMap<>();
        group.partitions().forEach(each -> known.put(each.partition(), each));
        List<OffsetChange> changes = new ArrayList<>();
        for (TopicPartition each : new TreeSet<>(which)) {
            PartitionFacts now = known.getOrDefault(each, unread(each));
            OptionalLong to = reset.target(now);
            if (to.isPresent()) {
                changes.add(new OffsetChange(each, now.committed(), now.offsetVersion(), to.getAsLong()));
            }
        }
        return changes;
    }

    private static PartitionFacts unread(TopicPartition partition) {
        return new PartitionFacts(partition, OptionalLong.empty(), 0, -1, OptionalLong.empty(), null, null);
    }

    /**
     * Writes the offsets of a group without members. Each batch of 200 is one transaction that also proves the group empty.
     *
     * @throws GroupConflict if the group has members, or an offset is not any more as it was planned; batches before that one
     *     are written
     */
    public void reset(String group, List<OffsetChange> changes) {
        reset(group, changes, soFar -> {});
    }

    /** The same; {@code writtenSoFar} hears after each batch how many offsets are written. */
    public void reset(String group, List<OffsetChange> changes, IntConsumer writtenSoFar) {
        write(group, changes, true, writtenSoFar);
    }

    /**
     * Writes offsets whether the group has members or not. A member of this library that owns the partition goes on from
     * there, or as its {@code external.offset} says; an old one overwrites it with its next commit.
     *
     * @throws GroupConflict if an offset is not any more as it was planned
     */
    public void resetForced(String group, List<OffsetChange> changes) {
        resetForced(group, changes, soFar -> {});
    }

    /** The same; {@code writtenSoFar} hears after each batch how many offsets are written. */
    public void resetForced(String group, List<OffsetChange> changes, IntConsumer writtenSoFar) {
        write(group, changes, false, writtenSoFar);
    }

    private void write(String group, List<OffsetChange> changes, boolean provenEmpty, IntConsumer writtenSoFar) {
        GroupPaths paths = new GroupPaths(group);
        new TreeSet<>(changes.stream().map(each -> each.partition().topic()).toList())
                .forEach(topic -> ensure(paths.offsets(topic)));
        if (provenEmpty) {
            ensure(paths.ids());
        }
        for (int from = 0; from < changes.size(); from += BATCH_MAX) {
            List<WriteOp> ops = new ArrayList<>(provenEmpty ? proofOfEmptiness(paths) : List.of());
            int to = Math.min(changes.size(), from + BATCH_MAX);
            for (OffsetChange each : changes.subList(from, to)) {
                ops.add(write(paths.offset(each.partition()), each));
            }
            commit(ops);
            writtenSoFar.accept(to);
        }
    }

    private static WriteOp write(String path, OffsetChange change) {
        byte[] body = OffsetBody.bytes(change.to());
        return change.version() < 0
                ? WriteOp.create(path, body, CreateMode.PERSISTENT)
                : WriteOp.setData(path, body, change.version());
    }

    /**
     * The node can only be deleted while it has no children, so who gets past this was alone in that transaction.
     * Who may do what with it stays as it is.
     */
    private List<WriteOp> proofOfEmptiness(GroupPaths paths) {
        List<Acl> acl = client.sync().getAcl(paths.ids()).acl();
        if (acl.stream().anyMatch(GroupAdmin::isMasked)) {
            throw new GroupReadException(paths.ids(), ErrorCode.NO_AUTH);
        }
        return List.of(
                WriteOp.delete(paths.ids(), ANY_VERSION),
                WriteOp.create(paths.ids(), null, acl, CreateMode.PERSISTENT));
    }

    /** Servers hide the secrets in an access list from those who may not change it. */
    private static boolean isMasked(Acl acl) {
        return acl.identity().scheme().equals("digest") && acl.identity().id().endsWith(":x");
    }

    private void commit(List<WriteOp> ops) {
        try {
            client.sync().multi(ops);
        } catch (CoordinatorException.MultiFailed e) {
            throw conflict(e);
        }
    }

    private static RuntimeException conflict(CoordinatorException e) {
        ErrorCode error = e.error();
        if (error == ErrorCode.NOT_EMPTY) {
            return new GroupConflict("the group has members", e);
        }
        boolean moved = error == ErrorCode.BAD_VERSION || error == ErrorCode.NODE_EXISTS || error == ErrorCode.NO_NODE;
        return moved ? new GroupConflict(e.path() + " has changed meanwhile", e) : e;
    }

    /**
     * Deletes the offsets that a group without members has for some partitions; those it does not have are no failure.
     *
     * @throws GroupConflict if the group has members
     */
    public void deleteOffsets(String group, Collection<TopicPartition> which) {
        GroupPaths paths = new GroupPaths(group);
        ensure(paths.ids());
        List<String> there = List.copyOf(new BatchedReads(client.sync())
                .data(which.stream().map(paths::offset).toList())
                .keySet());
        for (int from = 0; from < there.size(); from += BATCH_MAX) {
            List<WriteOp> ops = new ArrayList<>(proofOfEmptiness(paths));
            there.subList(from, Math.min(there.size(), from + BATCH_MAX))
                    .forEach(path -> ops.add(WriteOp.delete(path, ANY_VERSION)));
            commit(ops);
        }
    }

    /**
     * Deletes a group without members, its registrations' parent first. Each batch of 200 nodes is one transaction that also
     * proves that nobody has made that parent again, as everybody does who joins.
     *
     * @throws GroupConflict if it has members, or somebody joins it; batches before that one are deleted
     */
    public void delete(String group) {
        delete(group, soFar -> {});
    }

    /** The same; {@code deletedSoFar} hears after each batch how many nodes are deleted. */
    public void delete(String group, IntConsumer deletedSoFar) {
        GroupPaths paths = new GroupPaths(group);
        deleteIfThere(paths.ids());
        int deleted = 0;
        int looks = 1;
        List<String> nodes = bottomUp(paths);
        while (!nodes.isEmpty()) {
            List<String> batch = nodes.subList(0, Math.min(BATCH_MAX, nodes.size()));
            if (deleteAlone(batch, paths)) {
                deleted += batch.size();
                deletedSoFar.accept(deleted);
                nodes = nodes.subList(batch.size(), nodes.size());
            } else if (looks < LOOKS_MAX) {
                looks++;
                nodes = bottomUp(paths);
            } else {
                throw new GroupConflict("somebody else changes the group all the time", null);
            }
        }
    }

    /** All nodes of a group, children before their parents, without the parent of the registrations. */
    private List<String> bottomUp(GroupPaths paths) {
        BatchedReads reads = new BatchedReads(client.sync());
        List<String> all = new ArrayList<>();
        List<String> level = List.of(paths.root());
        while (!level.isEmpty()) {
            List<String> next = new ArrayList<>();
            reads.children(level).forEach((path, names) -> {
                all.add(path);
                names.forEach(name -> next.add(path + "/" + name));
            });
            next.remove(paths.ids());
            level = next;
        }
        Collections.reverse(all);
        return all;
    }

    /**
     * Deletes these if the parent of the registrations is missing, which it is if it can be created.
     *
     * @return false if they are not any more as they were seen
     * @throws GroupConflict if somebody has created it
     */
    private boolean deleteAlone(List<String> nodes, GroupPaths paths) {
        List<WriteOp> ops = new ArrayList<>();
        ops.add(WriteOp.create(paths.ids(), null, CreateMode.PERSISTENT));
        ops.add(WriteOp.delete(paths.ids(), ANY_VERSION));
        nodes.forEach(path -> ops.add(WriteOp.delete(path, ANY_VERSION)));
        try {
            client.sync().multi(ops);
            return true;
        } catch (CoordinatorException.MultiFailed e) {
            if (e.error() == ErrorCode.NODE_EXISTS) {
                throw new GroupConflict("somebody joins the group", e);
            } else if (e.error() == ErrorCode.NO_NODE || e.error() == ErrorCode.NOT_EMPTY) {
                return false;
            }
            throw e;
        }
    }

    private void deleteIfThere(String path) {
        try {
            client.sync().delete(path, ANY_VERSION);
        } catch (CoordinatorException.NoNode e) {
            // Somebody else was faster; it is gone, which is what was wanted.
            return;
        } catch (CoordinatorException.NotEmpty e) {
            throw conflict(e);
        }
    }

    /**
     * Throws a member out: its registration and what it owns are deleted in one transaction. A member of this library is fenced
     * before, by a new version of its registration, so that nothing it sends changes who owns what meanwhile; it stops and joins
     * anew. An old consumer does not notice before the next rebalance.
     *
     * @return whether there was such a member
     * @throws GroupConflict if somebody else throws it out at this moment, or an old consumer has released something meanwhile
     */
    public boolean evict(String group, String member) {
        GroupPaths paths = new GroupPaths(group);
        OpResult node =
                new BatchedReads(client.sync()).data(List.of(paths.id(member))).get(paths.id(member));
        if (node == null) {
            return false;
        }
        boolean isOurs =
                Registration.read(node.data()).filter(Registration::isQuorate).isPresent();
        int version = node.stat().version();
        try {
            if (isOurs) {
                client.sync().setData(paths.id(member), node.data(), version);
                version++;
            }
            client.sync().multi(takingAway(paths, member, version, node.stat().ephemeralOwner()));
            return true;
        } catch (CoordinatorException.NoNode e) {
            return false;
        } catch (CoordinatorException.BadVersion e) {
            throw conflict(e);
        } catch (CoordinatorException.MultiFailed e) {
            if (e.index() == 0 && e.error() == ErrorCode.NO_NODE) {
                // It has gone by itself; a fenced member does so as soon as it hears of it.
                return isOurs;
            }
            throw conflict(e);
        }
    }

    private List<WriteOp> takingAway(GroupPaths paths, String member, int version, long session) {
        List<WriteOp> ops = new ArrayList<>(List.of(WriteOp.delete(paths.id(member), version)));
        new BatchedReads(client.sync()).data(ownerPaths(paths)).forEach((path, node) -> {
            if (node.stat().ephemeralOwner() == session) {
                ops.add(WriteOp.delete(path, ANY_VERSION));
            }
        });
        return ops;
    }

    private List<String> ownerPaths(GroupPaths paths) {
        BatchedReads reads = new BatchedReads(client.sync());
        List<String> found = new ArrayList<>();
        List<String> topics =
                reads.children(paths.owners()).stream().map(paths::owners).toList();
        reads.children(topics).forEach((path, names) -> names.forEach(name -> found.add(path + "/" + name)));
        return found;
    }

    /** Creates a node and its parents unless they are there; looks first, because a failed create costs a transaction. */
    private void ensure(String path) {
        SyncClient sync = client.sync();
        if (path.isEmpty() || sync.exists(path).exists()) {
            return;
        }
        ensure(path.substring(0, path.lastIndexOf('/')));
        try {
            sync.create(path, null, CreateMode.PERSISTENT);
        } catch (CoordinatorException.NodeExists e) {
            // Somebody else made it meanwhile.
            return;
        }
    }
}
