package io.quorate.libraries;

import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.sim.Invariants;
import io.quorate.registry.sim.SimTree;
import io.quorate.registry.sim.SimTree.Committed;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.txn.CheckVersionTxn;
import io.quorate.wire.txn.CloseSessionTxn;
import io.quorate.wire.txn.CreateSessionTxn;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.DeleteTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.MultiTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.SubTxn;
import io.quorate.wire.txn.Txn;
import io.quorate.wire.txn.TxnEntry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/**
 * All that was committed, carried out once more on the tree of the registry's simulator, under the eyes of the invariants of both
 * libraries. Any thread.
 */
final class LibraryHistory {
    private final ReentrantLock lock = new ReentrantLock();
    private final SimTree tree = new SimTree();
    private final Set<Long> open = new HashSet<>();
    private final Set<Long> brokers = new HashSet<>();
    private final IntPredicate isOurs;
    private final Invariants registry;
    private final List<GroupRules> groups;
    private long millis;
    private long zxid;

    /** Nothing has been committed yet; these groups are watched. */
    LibraryHistory(List<String> groups) {
        this(groups, broker -> true, false);
    }

    private LibraryHistory(List<String> groups, IntPredicate isOurs, boolean othersElectInSteps) {
        this.isOurs = isOurs;
        tree.observe(this::noteBrokers);
        this.registry = new Invariants(
                tree, brokers::contains, open::contains, session -> othersElectInSteps && !brokers.contains(session));
        this.groups = groups.stream().map(group -> new GroupRules(group, tree)).toList();
        tree.observe(committed -> this.groups.forEach(rules -> rules.check(committed, zxid, millis)));
    }

    /**
     * Of a cluster in which one broker is of this library and the others are Kafka's, which need not fence all that they write.
     *
     * @param electsInSteps whether those take office first and raise the epoch in a second transaction
     */
    static LibraryHistory besideKafka(int ours, boolean electsInSteps) {
        return new LibraryHistory(List.of(), id -> id == ours, electsInSteps);
    }

    /** The next one. */
    void commit(TxnEntry entry) {
        lock.lock();
        try {
            millis = entry.header().timeMillis();
            zxid = entry.header().zxid();
            commit(entry.header().clientId(), entry.txn());
        } catch (AssertionError e) {
            throw new AssertionError("at zxid 0x" + Long.toHexString(zxid) + ": " + e.getMessage(), e);
        } finally {
            lock.unlock();
        }
    }

    private void commit(long session, Txn txn) {
        if (txn instanceof CreateSessionTxn) {
            open.add(session);
        } else if (txn instanceof CloseSessionTxn) {
            open.remove(session);
            tree.expire(session);
        } else {
            List<Write> writes = new ArrayList<>();
            if (translate(txn, writes) && !writes.isEmpty()) {
                WriteReply reply = tree.write(session, writes);
                if (!reply.isOk()) {
                    throw new AssertionError("the servers carried out what cannot be: " + writes + ": " + reply);
                }
            }
        }
    }

    /** False for what was refused. */
    private static boolean translate(Txn txn, List<Write> writes) {
        if (txn instanceof MultiTxn multi) {
            for (SubTxn each : multi.txns()) {
                if (!translate(each.txn(), writes)) {
                    return false;
                }
            }
        } else if (txn instanceof CreateTxn create) {
            writes.add(
                    create.ephemeral()
                            ? Write.createEphemeral(create.path(), create.data())
                            : Write.create(create.path(), create.data()));
        } else if (txn instanceof SetDataTxn set) {
            // The version is the one that resulted.
            writes.add(Write.set(set.path(), set.data(), set.version() - 1));
        } else if (txn instanceof DeleteTxn delete) {
            writes.add(Write.delete(delete.path(), -1));
        } else if (txn instanceof CheckVersionTxn check) {
            writes.add(Write.check(check.path(), -1));
        }
        return !(txn instanceof ErrorTxn);
    }

    private void noteBrokers(Committed committed) {
        boolean isBroker = committed.after().keySet().stream()
                .anyMatch(path -> (RegistryPaths.brokerOf(path) >= 0 && isOurs.test(RegistryPaths.brokerOf(path)))
                        || path.startsWith(RegistryPaths.CANDIDATES + "/"));
        if (isBroker) {
            brokers.add(committed.session());
        }
    }

    /** Looks at what there is now; nothing is committed meanwhile. */
    <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** For {@link #ask}: the tree. */
    SimTree tree() {
        return tree;
    }

    /** For {@link #ask}: whether a session is not over. */
    boolean isOpen(long session) {
        return open.contains(session);
    }

    /** For {@link #ask}: what is known of a group. */
    GroupRules group(String name) {
        return groups.stream()
                .filter(rules -> rules.group().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** How many transactions the invariants have seen. */
    long checked() {
        return ask(registry::checked);
    }
}
