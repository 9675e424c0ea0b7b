package io.quorate.groups.sim;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.rebalance.Answer;
import io.quorate.groups.rebalance.BatchLimits;
import io.quorate.groups.rebalance.TreeOp;
import io.quorate.wire.proto.EventType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** One group in virtual time: a server, its sessions, and what happens when. Everything that is left to chance comes from one seed. */
final class World implements ModelTree.Observer {
    static final long TICK = 500;

    private record Scheduled(long at, long order, Runnable action) {}

    /** A session as the server sees it. */
    static final class Session {
        final long id;
        final long timeout;
        final SimMember member;
        long heardAt;
        boolean over;

        Session(long id, long timeout, SimMember member) {
            this.id = id;
            this.timeout = timeout;
            this.member = member;
        }
    }

    final Random random;
    final ModelTree tree = new ModelTree(this);
    final GroupPaths paths = new GroupPaths("g");
    final Checks checks = new Checks(this);
    final List<String> trace = new ArrayList<>();
    /** Off for runs that only count what coordination costs. */
    boolean hostsWork = true;

    BatchLimits limits = BatchLimits.DEFAULT;
    /** Hosts hear of everything later, one thing at a time. */
    boolean hostsAreSlow;
    /** Nothing is late any more. */
    boolean isCalm;
    /** Requests wait for a connection instead of failing. */
    boolean requestsWait;

    /** What a server says to a transaction instead of carrying it out; null if it does. */
    Function<List<TreeOp>, Answer> refusal = ops -> null;
    /** Which reads, by what is asked, get no answer although the connection stays. */
    Predicate<String> failedReads = read -> false;

    int refused;
    int outstandingMax = SimMember.OUTSTANDING_MAX;

    long transactions;
    final Map<Long, Integer> eventsBySession = new TreeMap<>();
    private final PriorityQueue<Scheduled> queue =
            new PriorityQueue<>(Comparator.comparingLong(Scheduled::at).thenComparingLong(Scheduled::order));
    private final Map<Long, Session> sessions = new TreeMap<>();
    private final List<Runnable> idsListeners = new ArrayList<>();
    private SimMember killed;
    private int killIn;
    private long now = 1_000_000;
    private long happenedAt;
    private long order;
    private long lastSession = 0x1000;

    World(long seed) {
        random = new Random(seed);
    }

    long now() {
        return now;
    }

    void after(long millis, Runnable action) {
        order++;
        queue.add(new Scheduled(now + millis, order, action));
    }

    /** Lets time pass. */
    void run(long millis) {
        long end = now + millis;
        while (!queue.isEmpty() && queue.peek().at() <= end) {
            Scheduled next = queue.remove();
            now = next.at();
            next.action().run();
        }
        now = end;
    }

    void trace(String line) {
        trace.add(now + " " + line);
    }

    /** Something comes from outside, or is over: whatever bound there is begins now. */
    void happened() {
        happenedAt = now;
    }

    /** When that was for the last time. */
    long happenedAt() {
        return happenedAt;
    }

    long delay() {
        return !isCalm && random.nextInt(20) == 0 ? random.nextInt(300) : 1 + random.nextInt(10);
    }

    // ---- sessions

    Session openSession(SimMember member, long timeout) {
        lastSession++;
        Session session = new Session(lastSession, timeout, member);
        session.heardAt = now;
        sessions.put(session.id, session);
        after(TICK, () -> expireIfSilent(session));
        return session;
    }

    private void expireIfSilent(Session session) {
        if (session.over) {
            return;
        }
        if (now - session.heardAt > session.timeout) {
            trace("session " + Long.toHexString(session.id) + " expires");
            endSession(session);
        } else {
            after(TICK, () -> expireIfSilent(session));
        }
    }

    void endSession(Session session) {
        if (!session.over) {
            session.over = true;
            tree.endSession(session.id);
        }
    }

    /** Counts what one does as a leader, and kills it right after so many transactions. */
    void killAfter(SimMember member, int count) {
        killed = member;
        killIn = count;
    }

    /** Old consumers are told of every change of members, topics. */
    void onMembersChange(Runnable listener) {
        idsListeners.add(listener);
    }

    @Override
    public void onTransaction(long session, List<TreeOp> ops) {
        transactions++;
        boolean leads = ops.stream().anyMatch(op -> op.path().equals(paths.leaderEpoch()));
        if (killed != null && leads && killed.sessionId() == session) {
            killIn--;
            if (killIn == 0) {
                after(0, killed::kill);
            }
        }
        checks.onTransaction(session, ops);
        if (ops.stream()
                .anyMatch(op -> !(op instanceof TreeOp.Check) && op.path().equals(paths.quorate()))) {
            // Another mode, into which a group goes when there were no old consumers for a while: all compute anew.
            happened();
        }
        if (ops.stream().anyMatch(op -> op instanceof TreeOp.Delete && op.path().startsWith(paths.targets() + "/"))) {
            // What was kept for a static member is for the others from now on.
            happened();
        }
        boolean members = ops.stream()
                .anyMatch(op -> !(op instanceof TreeOp.Check)
                        && (op.path().startsWith(paths.ids() + "/") || op.path().startsWith(GroupPaths.TOPICS)));
        if (members) {
            happened();
            idsListeners.forEach(each -> after(delay(), each));
        }
    }

    @Override
    public void onEvent(long session, String path, EventType type) {
        eventsBySession.merge(session, 1, Integer::sum);
        Session target = sessions.get(session);
        if (target != null && target.member != null) {
            target.member.deliverEvent(target, path, type);
        }
    }
}
