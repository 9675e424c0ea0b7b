package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.EventType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * One member of a group as a state machine: events in, {@link Orders} out. No input or output, no clock, no thread; whoever
 * drives it calls one method at a time, and says before each what time it is.
 *
 * <pre>
 *   start ─► CONNECTING ─► JOINING ─► JOINED ─► LEAVING ─► ENDED
 *                 ▲            │         │
 *                 └── session or registration gone
 * </pre>
 */
public final class Rebalance {
    private static final double FENCE_SHARE = 0.9;
    private static final long UNFENCE_MILLIS = 100;
    private static final long JOIN_MILLIS = 10_000;
    private static final long MODE_MILLIS = 200;

    private enum State {
        NEW,
        CONNECTING,
        JOINING,
        JOINED,
        LEAVING,
        ENDED
    }

    private final Context context;
    private final Commits commits;
    private final Handover handover;
    private final Leaving leaving;
    private final CommittedReads committedReads;
    private final Rounds rounds;
    private final Survey survey;
    private final Election election;
    private final Leader leader;
    private final Parents parents;
    private final Refusals unreadMode;
    private Joining joining;
    private NativePlanner nativePlanner;
    private State state = State.NEW;
    private int incarnations;
    private boolean fenced;
    private long ackMillis;
    private String candidatePath;

    /**
     * A member that has not begun yet.
     *
     * @param random for waiting times only
     */
    public Rebalance(GroupConfig config, Orders orders, RandomGenerator random) {
        this(config, BatchLimits.DEFAULT, orders, random);
    }

    /** A member with other limits. */
    public Rebalance(GroupConfig config, BatchLimits limits, Orders orders, RandomGenerator random) {
        context = new Context(config, limits, orders, random, new Fate());
        parents = new Parents(context);
        commits = new Commits(context, parents);
        handover = new Handover(context, commits, parents);
        leaving = new Leaving(context, commits, handover, this::finishLeaving);
        committedReads = new CommittedReads(context);
        rounds = new Rounds(context, handover);
        survey = new Survey(context);
        election = new Election(context, this::onElected);
        leader = new Leader(context, survey, parents, this::lookAtElection);
        unreadMode = new Refusals(context, MODE_MILLIS);
    }

    private final class Fate implements Context.Fate {
        @Override
        public void gone(String reason) {
            reopen();
        }

        @Override
        public void end(Orders.End end, String reason) {
            stopEverything(reason);
            become(State.ENDED);
            context.orders.closeSession();
            context.orders.ended(end, reason);
        }
    }

    private void become(State next) {
        assert state != State.ENDED : state + " to " + next;
        state = next;
    }

    private void onElected() {
        leader.onElected();
    }

    private void lookAtElection() {
        election.look();
    }

    // ---- time

    /**
     * Says what time it is; comes before every other event.
     *
     * @param now milliseconds since 1970, never going back
     * @param lastAck when the last request that a server has answered was sent, in the same measure; {@code now} or less
     */
    public void onTime(long now, long lastAck) {
        context.timers.set(now);
        ackMillis = lastAck;
        fenceIfSilent();
        context.timers.runDue();
    }

    /** When something is due next if no event comes before, in the measure of {@link #onTime}. */
    public long deadline() {
        long fence = isFencing() ? fenceAt() : Long.MAX_VALUE;
        return Math.min(fence, context.timers.next());
    }

    private boolean isFencing() {
        return context.self != null && !fenced && (state == State.JOINED || state == State.LEAVING);
    }

    private long fenceAt() {
        return ackMillis + (long) (FENCE_SHARE * context.self.timeoutMillis());
    }

    /** Before the server can give the session up, this member does: from here on another may have its partitions. */
    private void fenceIfSilent() {
        if (isFencing() && context.timers.now() >= fenceAt()) {
            fenced = true;
            commits.fail("no answer from a server for too long");
            rounds.stop();
            handover.loseAll();
            if (state == State.LEAVING) {
                finishLeaving();
            } else {
                context.timers.in(Timer.FENCE, UNFENCE_MILLIS, this::tryUnfence);
            }
        }
    }

    /** Whether the host must not process anything at this moment. */
    public boolean isFenced() {
        return fenced || state != State.JOINED;
    }

    // ---- session

    /** Begins. */
    public void start() {
        become(State.CONNECTING);
        heartbeat();
        context.orders.openSession();
    }

    /** A new session is there. */
    public void onSession(long session, long timeoutMillis) {
        if (state != State.CONNECTING) {
            return;
        }
        context.connected = true;
        GroupConfig config = context.config;
        incarnations++;
        context.self = Incarnation.of(config.group(), config.identity().client(), session, timeoutMillis, incarnations);
        fenced = false;
        joining = new Joining(context, parents, this::onJoined);
        become(State.JOINING);
        join();
    }

    /** Again after a while if it does not come to an end: a server may fail to answer without losing the connection. */
    private void join() {
        joining.begin();
        context.timers.in(Timer.MEMBER_RECHECK, JOIN_MILLIS, () -> {
            if (state == State.JOINING && context.connected) {
                join();
            }
        });
    }

    private void onJoined(String candidate) {
        if (state != State.JOINING) {
            return;
        }
        become(State.JOINED);
        candidatePath = candidate;
        startRounds();
        // Told of a change while it was joining, it would have passed over it.
        readMode();
        if (candidate != null) {
            election.start(candidate);
        }
    }

    private void startRounds() {
        if (context.mode == GroupMode.NATIVE) {
            survey.release(Survey.User.MEMBER);
            nativePlanner = new NativePlanner(context);
            rounds.start(nativePlanner);
        } else {
            rounds.start(new CompatPlanner(context, survey));
        }
    }

    /** The connection is lost; the session may live on. Requests without an answer are answered as failed before this. */
    public void onDisconnected() {
        context.connected = false;
    }

    /** The session has a connection again. Watches are set, but what has changed meanwhile is not reported. */
    public void onReconnected() {
        context.connected = true;
        switch (state) {
            case JOINING -> join();
            case JOINED -> resume();
            case LEAVING -> leaving.goOn();
            case NEW, CONNECTING, ENDED -> {}
        }
    }

    private void resume() {
        readMode();
        survey.onReconnected();
        rounds.restart();
        commits.onReconnected();
        leader.onReconnected();
        election.look();
    }

    /** A server has answered again before it gave the session up: what is still ours in the tree is taken up again. */
    private void tryUnfence() {
        if (!fenced || state != State.JOINED) {
            return;
        }
        if (context.connected && context.timers.now() < fenceAt()) {
            fenced = false;
            startRounds();
        } else {
            context.timers.in(Timer.FENCE, UNFENCE_MILLIS, this::tryUnfence);
        }
    }

    /** A server does not accept the credentials; others of the same ensemble will not either. */
    public void onAuthFailed() {
        if (state != State.ENDED) {
            end(Orders.End.REFUSED, "a server refused the credentials");
        }
    }

    /** The session is over, and everything in the tree that it kept. */
    public void onExpired() {
        if (state != State.ENDED && state != State.LEAVING) {
            reopen();
        } else if (state == State.LEAVING) {
            end(Orders.End.LEFT, "the session was over first");
        }
    }

    private void reopen() {
        if (state == State.LEAVING) {
            finishLeaving();
            return;
        }
        stopEverything("the session is gone");
        become(State.CONNECTING);
        context.orders.openSession();
    }

    private void stopEverything(String reason) {
        commits.fail(reason);
        rounds.stop();
        leader.stop();
        election.stop();
        handover.loseAll();
        context.ownership.clear();
        context.requests.forgetAll();
        survey.forgetAll();
        context.timers.cancelAll();
        context.connected = false;
        if (state != State.LEAVING && state != State.ENDED) {
            heartbeat();
        }
    }

    // ---- what comes back

    /** The answer to a request. */
    public void onAnswer(long id, Answer answer) {
        if (state != State.ENDED) {
            context.requests.onAnswer(id, answer);
        }
    }

    /** A watched node has changed. */
    public void onWatch(String path, EventType type) {
        if (state != State.JOINED) {
            return;
        }
        GroupPaths paths = context.paths;
        if (path.equals(paths.id(context.self.id()))) {
            // Nobody changes a registration but a leader that throws the member out.
            if (type == EventType.NODE_DELETED || type == EventType.NODE_DATA_CHANGED) {
                reopen();
            }
        } else if (path.equals(paths.quorate())) {
            readMode();
        } else if (path.startsWith(paths.election())) {
            election.look();
        } else if (path.startsWith(paths.owners()) || path.equals(paths.target(context.key()))) {
            rounds.touch();
        } else {
            survey.onChange(path);
            onMembersOrTopics(type);
        }
    }

    private void onMembersOrTopics(EventType type) {
        if (type == EventType.NODE_CREATED) {
            leader.onJoin();
        } else {
            leader.touch();
        }
        if (context.mode == GroupMode.COMPAT) {
            rounds.touch();
        }
    }

    private void readMode() {
        if (state != State.JOINED || !context.connected) {
            return;
        }
        context.requests.read(List.of(TreeRead.data(context.paths.quorate())), answer -> {
            Answer whole = answer.whole();
            if (state == State.JOINED && whole.isOk()) {
                unreadMode.over();
                onMode(answer.results().get(0));
            } else if (state == State.JOINED) {
                // No watch tells of the same change again.
                long wait = unreadMode.retryMillis("the mode of the group", whole);
                context.timers.within(Timer.MODE_RETRY, wait, this::readMode);
            }
        });
    }

    private void onMode(OpResult node) {
        if (!node.isOk()) {
            return;
        }
        GroupMode mode = GroupMode.read(node.data()).orElse(null);
        if (mode == null) {
            context.fate.end(Orders.End.UNSUITABLE, "the group went over to a mode that this version does not know");
        } else if (mode != context.mode) {
            context.mode = mode;
            if (!fenced) {
                startRounds();
            }
            leader.touch();
        }
    }

    // ---- the host

    /** The host has stopped processing what the order of this number named. */
    public void onRevoked(long revocation) {
        handover.onRevoked(revocation);
    }

    /** The host is alive. */
    public void heartbeat() {
        context.timers.in(Timer.LIVENESS, context.config.timing().liveness(), () -> {
            if (state != State.ENDED) {
                context.fate.end(Orders.End.NOT_ALIVE, "no heartbeat from the host");
            }
        });
    }

    /** Commits offsets of partitions that the host processes; reported as committed, with this id. */
    public void commit(long id, Map<TopicPartition, Long> offsets) {
        if (fenced || context.self == null || state == State.ENDED) {
            context.orders.committed(id, "not a member at this moment");
        } else {
            commits.commit(id, offsets);
        }
    }

    /** The host has heard of the moved offset that the order of this number named. */
    public void onMoved(long move) {
        commits.onMoved(move);
    }

    /** Reads committed offsets of any partitions; answered with this id by {@link Orders#offsets}, unless the session ends before. */
    public void readCommitted(long id, Set<TopicPartition> partitions) {
        if (fenced || !context.connected || state == State.ENDED) {
            context.orders.offsets(id, Map.of(), "not a member at this moment");
        } else {
            committedReads.read(id, partitions);
        }
    }

    /** Has the host go on from what is committed: it is told as if others had moved the offsets. */
    public void seekCommitted(Set<TopicPartition> partitions) {
        if (!fenced && (state == State.JOINED || state == State.LEAVING)) {
            commits.seek(partitions);
        }
    }

    /** Takes note of offsets to be committed in some seconds, or when the partition is given up. */
    public void stage(Map<TopicPartition, Long> offsets) {
        if (!fenced && context.self != null && (state == State.JOINED || state == State.LEAVING)) {
            commits.stage(offsets);
        }
    }

    // ---- the end

    /**
     * Gives everything up and ends the session; {@link Orders#ended} says when.
     *
     * @param whole whether a static member gives up its name, too, so that nobody waits for it
     */
    public void leave(boolean whole) {
        switch (state) {
            case JOINED -> {
                become(State.LEAVING);
                rounds.stop();
                leader.stop();
                election.stop();
                if (fenced) {
                    finishLeaving();
                } else {
                    leaving.begin(candidatePath, whole);
                }
            }
            case NEW, CONNECTING, JOINING -> end(Orders.End.LEFT, "asked to");
            case LEAVING, ENDED -> {}
        }
    }

    /** Ends at once, whatever is under way, and gives nothing up: what the session keeps in the tree, it keeps. */
    public void stop() {
        if (state != State.ENDED) {
            end(Orders.End.LEFT, "stopped");
        }
    }

    private void finishLeaving() {
        end(Orders.End.LEFT, "asked to");
    }

    private void end(Orders.End end, String reason) {
        context.fate.end(end, reason);
    }

    // ---- questions

    /** What the host has. */
    public SortedSet<TopicPartition> owned() {
        return new TreeSet<>(context.ownership.in(Ownership.Phase.OWNED));
    }

    /** Whether the host may process a partition at this moment, as far as this member knows. */
    public boolean owns(TopicPartition partition) {
        return !fenced && context.ownership.has(partition) && withHost().contains(partition);
    }

    private Set<TopicPartition> withHost() {
        return context.ownership.withHost();
    }

    /** Member id of this life; null before there is one. */
    public String memberId() {
        return context.self == null ? null : context.self.id();
    }

    /** How the group works, as far as this member knows. */
    public GroupMode mode() {
        return context.mode;
    }

    /** Whether this member leads the group at this moment, as far as it knows. */
    public boolean isLeader() {
        return leader.isLeading();
    }

    /** Generation of the last target that was read; 0 in compat mode. */
    public int generation() {
        return nativePlanner == null || context.mode == GroupMode.COMPAT ? 0 : nativePlanner.generation();
    }
}
