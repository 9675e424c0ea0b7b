package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.assignor.UnusableAssignment;
import io.quorate.groups.config.GroupConfig.LegacyPolicy;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import io.quorate.groups.layout.TopicBody;
import io.quorate.groups.rebalance.Timers.Timer;
import io.quorate.wire.client.OpResult;
import io.quorate.wire.proto.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the elected member does besides being one (consumer-groups D4 and D6): fences itself off from earlier leaders, looks who
 * is there, decides, writes targets; and changes the mode of the group. Everything it writes proves that it still leads.
 */
final class Leader {
    private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
    private static final long GATHER_MILLIS = 50;
    private static final long GATHER_MILLIS_MAX = 500;
    private static final long RETRY_MILLIS = 200;
    /** A server may fail to answer without losing the connection. */
    private static final long UNANSWERED_MILLIS = 30_000;

    /** After how long an assignor that could not be used is asked again if nothing changes. */
    private static final long UNDECIDED_MILLIS = 30_000;

    /** After how long to look again at what may not be read: no watch tells when it may. */
    private static final long CLOSED_MILLIS = 30_000;

    private static final int INITIAL_EXTENSIONS = 3;
    /** So many joins, and such a part of the group, are a rush. */
    private static final int RUSH_MIN = 5;

    private static final int RUSH_PART = 10;
    private static final int RUSH_EXTENSIONS = 10;

    private final Context context;
    private final Survey survey;
    private final Parents parents;
    private final TargetStore targets;
    private final StuckMembers stuck;
    private final GoneTopics goneTopics;
    private final Runnable lookAgain;
    private final Refusals refusals;
    /** Of what is looked at before anything is decided. */
    private final Refusals unread;

    private final AbsentMembers absent;
    /** Version of the epoch's node as this leader wrote it; -1 while it does not lead. */
    private int fence = -1;

    private boolean busy;
    private boolean touched;
    private long firstTouch = -1;
    /** Members that have come since the last look. */
    private int joins;

    private int epoch;
    /** After how long to look even if nothing changes; negative for not. */
    private long recheck = -1;

    /** The assignor did not decide when it was asked last. */
    private boolean isUndecided;

    /** @param lookAgain asks the election anew */
    Leader(Context context, Survey survey, Parents parents, Runnable lookAgain) {
        this.context = context;
        this.survey = survey;
        this.parents = parents;
        this.targets = new TargetStore(context);
        this.stuck = new StuckMembers(context, targets);
        this.goneTopics = new GoneTopics(context, parents);
        this.absent = new AbsentMembers(context, targets, this::touch);
        this.lookAgain = lookAgain;
        this.refusals = new Refusals(context, RETRY_MILLIS);
        this.unread = new Refusals(context, RETRY_MILLIS);
    }

    boolean isLeading() {
        return fence >= 0;
    }

    private TreeOp guard() {
        return new TreeOp.Check(context.paths.leaderEpoch(), fence);
    }

    // ---- taking over

    /** This member is the first in line. */
    void onElected() {
        if (isLeading() || busy) {
            return;
        }
        busy = true;
        List<String> written =
                List.of(context.paths.leaderEpoch(), context.paths.generation(), context.paths.targets());
        context.requests.read(written.stream().map(TreeRead::data).toList(), answer -> {
            if (!answer.isOk()) {
                notElected(answer);
            } else if (answer.results().stream().anyMatch(each -> each.error() == ErrorCode.NO_NODE)) {
                // Somebody was deleting the group while its first member joined.
                parents.ensurePaths(written, () -> {}, why -> {});
                notElected(Answer.failed(ErrorCode.NO_NODE, 0));
            } else if (answer.results().get(0).isOk()) {
                raiseEpoch(answer.results().get(0));
            } else {
                notElected(Answer.failed(answer.results().get(0).error(), 0));
            }
        });
    }

    private void raiseEpoch(OpResult node) {
        long last = epochOf(node.data());
        byte[] next = Long.toString(last + 1).getBytes(StandardCharsets.US_ASCII);
        int version = node.stat().version();
        TreeOp raise = new TreeOp.SetData(context.paths.leaderEpoch(), next, version);
        context.requests.multi(List.of(context.checkSelf(), raise), answer -> {
            if (answer.isOk()) {
                busy = false;
                refusals.over();
                fence = version + 1;
                goneTopics.watch(guard());
                reload();
            } else {
                notElected(answer);
            }
        });
    }

    private void notElected(Answer answer) {
        busy = false;
        context.timers.in(Timer.LEADER_RETRY, refusals.retryMillis("the epoch of leaders", answer), lookAgain);
    }

    /** What is no number counts as 0: leaders are told apart by the version of the node, not by its text. */
    private static long epochOf(byte[] data) {
        if (data == null || data.length == 0) {
            return 0;
        }
        String text = new String(data, StandardCharsets.US_ASCII);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            LOG.warn("the epoch of leaders was \"{}\"; it begins anew", text);
            return 0;
        }
    }

    /** Does not lead any more, or has lost its session. */
    void stop() {
        fence = -1;
        epoch++;
        busy = false;
        touched = false;
        firstTouch = -1;
        joins = 0;
        absent.forget();
        targets.forget();
        stuck.stop();
        goneTopics.stop();
        for (Timer each : List.of(Timer.LEADER_ROUND, Timer.LEADER_RETRY, Timer.UPGRADE)) {
            context.timers.cancel(each);
        }
    }

    /** Another leads already; this member goes on as one. */
    private void abdicate() {
        stop();
        survey.release(Survey.User.LEADER);
        lookAgain.run();
    }

    /** What was under way may be done, or not. */
    void onReconnected() {
        epoch++;
        busy = false;
        if (isLeading()) {
            reload();
        }
    }

    private void reload() {
        targets.forget();
        context.timers.in(Timer.LEADER_RETRY, UNANSWERED_MILLIS, this::reload);
        epoch++;
        busy = true;
        int mine = epoch;
        // Before anything is read, and until it is answered: a watch whose answer is lost is lost, too.
        survey.watchMembers(Survey.User.LEADER);
        targets.load(loaded -> {
            if (mine == epoch) {
                busy = false;
                if (loaded.isOk() && survey.isWatchingMembers()) {
                    context.timers.cancel(Timer.LEADER_RETRY);
                    stuck.onTargets();
                    stuck.watch(guard());
                    touch();
                } else {
                    context.timers.in(Timer.LEADER_RETRY, unreadMillis(loaded), this::reload);
                }
            }
        });
    }

    private long unreadMillis(Answer failure) {
        return unread.retryMillis("what a leader decides by", failure);
    }

    // ---- rounds

    /** Somebody has registered. */
    void onJoin() {
        joins += isLeading() ? 1 : 0;
        touch();
    }

    /** Something that matters for the decision has changed. */
    void touch() {
        if (!isLeading()) {
            return;
        }
        touched = true;
        if (busy) {
            return;
        }
        long now = context.timers.now();
        firstTouch = firstTouch < 0 ? now : firstTouch;
        context.timers.at(Timer.LEADER_ROUND, due(now), this::round);
    }

    /**
     * Nobody processes anything in an empty group, and what is decided while many join is moved again at once: both wait until
     * no more come, but not for ever. Otherwise as soon as what belongs together has been told.
     */
    private long due(long now) {
        long initial = context.config.timing().initialDelay();
        if (context.mode == GroupMode.NATIVE && targets.isKnown()) {
            int members = targets.all().size();
            if (members == 0) {
                return Math.min(firstTouch + INITIAL_EXTENSIONS * initial, now + initial);
            } else if (joins > Math.max(RUSH_MIN, members / RUSH_PART)) {
                return Math.min(firstTouch + RUSH_EXTENSIONS * initial, now + initial);
            }
        }
        return Math.min(firstTouch + GATHER_MILLIS_MAX, now + GATHER_MILLIS);
    }

    private void round() {
        if (busy || !isLeading() || !context.connected) {
            return;
        }
        if (!targets.isKnown()) {
            reload();
            return;
        }
        busy = true;
        touched = false;
        firstTouch = -1;
        joins = 0;
        context.timers.in(Timer.LEADER_RETRY, UNANSWERED_MILLIS, this::reload);
        int mine = epoch;
        survey.read(
                Survey.User.LEADER,
                found -> {
                    if (mine == epoch) {
                        consider(found);
                    }
                },
                failure -> unread(mine, failure));
    }

    /** Nothing is decided by what could not be read. */
    private void unread(int asked, Answer failure) {
        if (asked == epoch) {
            finished(unreadMillis(failure));
        }
    }

    private void consider(Survey.Found found) {
        recheck = found.isAnythingClosed() ? CLOSED_MILLIS : -1;
        if (context.mode == GroupMode.COMPAT) {
            considerUpgrade(found);
            finished(recheck);
        } else if (found.hasOld() && context.config.policy().legacyPolicy() == LegacyPolicy.DOWNGRADE) {
            downgrade();
        } else {
            if (found.hasOld()) {
                context.orders.alarm(Orders.Alarm.OLD_CONSUMER_REJECTED);
            }
            rereadGone(found);
        }
    }

    /** Who leaves for good takes its target with it: nobody waits for those that are not there any more. */
    private void rereadGone(Survey.Found found) {
        int mine = epoch;
        targets.reread(absent.among(found), answer -> {
            if (mine == epoch && answer.isOk()) {
                unread.over();
                readRacks(found);
            } else {
                unread(mine, answer);
            }
        });
    }

    /** @param again after how long to look even if nothing changes; negative for not */
    private void finished(long again) {
        busy = false;
        context.timers.cancel(Timer.LEADER_RETRY);
        if (touched) {
            touch();
        } else if (again >= 0) {
            context.timers.within(Timer.LEADER_ROUND, again, this::round);
        }
    }

    private void readRacks(Survey.Found found) {
        boolean racked = found.members().values().stream()
                .anyMatch(each ->
                        each.isOurs() && each.body().orElseThrow().origin().rack() != null);
        Set<Integer> brokers = new TreeSet<>();
        if (racked) {
            found.topics().values().forEach(topic -> topic.replicas().values().forEach(brokers::addAll));
        }
        List<Integer> order = List.copyOf(brokers);
        List<TreeRead> reads = order.stream()
                .map(broker -> TreeRead.data(GroupPaths.broker(Integer.toString(broker))))
                .toList();
        int mine = epoch;
        context.requests.read(reads, answer -> {
            if (mine != epoch) {
                return;
            }
            if (!answer.isOk()) {
                finished(RETRY_MILLIS);
                return;
            }
            Map<Integer, String> racks = new HashMap<>();
            for (int i = 0; i < order.size(); i++) {
                String rack = TopicBody.rackOfBroker(answer.results().get(i).data());
                if (rack != null) {
                    racks.put(order.get(i), rack);
                }
            }
            decide(found, racks);
        });
    }

    private void decide(Survey.Found found, Map<Integer, String> rackOf) {
        if (isAnyGivenClosed(found)) {
            finished(recheck);
            return;
        }
        Decision decision;
        try {
            decision = decision(found, rackOf);
            isUndecided = false;
        } catch (UnusableAssignment e) {
            keepTargets(e);
            return;
        }
        if (decision.targets().equals(targets.all())) {
            finished(recheck);
            return;
        }
        List<TreeOp> last = List.of(TargetStore.generation(context, decision.targets(), decision.members()));
        int mine = epoch;
        // Otherwise all members would find them missing, and try to make them, at the same time.
        parents.ensure(
                found.topics().keySet(),
                () -> {
                    if (mine == epoch) {
                        write(decision.targets(), last);
                    }
                },
                why -> {
                    if (mine == epoch && why.isRefusal()) {
                        // Members find out for themselves where they may not be.
                        write(decision.targets(), last);
                    } else if (mine == epoch) {
                        finished(RETRY_MILLIS);
                    }
                });
    }

    private Decision decision(Survey.Found found, Map<Integer, String> rackOf) throws UnusableAssignment {
        return Decision.of(
                found,
                targets.all(),
                left(found),
                brokers -> {
                    Set<String> racks = new TreeSet<>();
                    brokers.forEach(
                            broker -> Optional.ofNullable(rackOf.get(broker)).ifPresent(racks::add));
                    return racks;
                },
                context.config.policy().excludeInternalTopics(),
                context.config.policy().assignor());
    }

    /** What was given of a topic that may not be read any more nobody loses; one that may not be read from the start is left out. */
    private boolean isAnyGivenClosed(Survey.Found found) {
        return !found.closedTopics().isEmpty()
                && targets.all().values().stream()
                        .flatMap(each -> each.assign().stream())
                        .anyMatch(each -> found.closedTopics().contains(each.topic()));
    }

    /** Keys of targets that are left as they are: of those that may come back, and of those whose registration may not be read. */
    private Set<String> left(Survey.Found found) {
        Set<String> left = absent.awaited(found);
        targets.all().forEach((key, target) -> {
            if (found.isClosed(target.member())) {
                left.add(key);
            }
        });
        return left;
    }

    private void keepTargets(UnusableAssignment why) {
        context.orders.alarm(Orders.Alarm.ASSIGNOR_UNUSABLE);
        if (!isUndecided) {
            LOG.error(
                    "group {}: all members keep what they have, because the assignor cannot be used: {}",
                    context.config.group(),
                    why.getMessage(),
                    why.getCause());
        }
        isUndecided = true;
        finished(UNDECIDED_MILLIS);
    }

    private void write(SortedMap<String, Target> after, List<TreeOp> last) {
        int mine = epoch;
        targets.write(after, guard(), last, answer -> {
            if (mine != epoch) {
                return;
            }
            if (answer.isOk()) {
                refusals.over();
                unread.over();
                stuck.onTargets();
                stuck.watch(guard());
                finished(recheck);
            } else if (answer.isRefusal() && answer.index() == 0) {
                abdicate();
            } else {
                // Somebody has touched a target, or the answer did not come: what stands there now counts.
                finished(refusals.retryMillis("the targets of a leader", answer));
            }
        });
    }

    // ---- modes

    private void downgrade() {
        int mine = epoch;
        TreeOp flip = new TreeOp.SetData(context.paths.quorate(), GroupMode.COMPAT.bytes(), TreeOp.ANY);
        context.requests.multi(List.of(guard(), flip), answer -> {
            if (mine == epoch) {
                finished(answer.isOk() ? -1 : refusals.retryMillis("another mode of the group", answer));
                if (answer.isRefusal() && answer.index() == 0) {
                    abdicate();
                }
            }
        });
    }

    private void considerUpgrade(Survey.Found found) {
        if (!found.isAllOurs()) {
            context.timers.cancel(Timer.UPGRADE);
        } else if (!context.timers.isSet(Timer.UPGRADE)) {
            context.timers.in(Timer.UPGRADE, context.config.timing().upgradeDelay(), this::upgrade);
        }
    }

    private void upgrade() {
        if (busy || !isLeading() || !context.connected || !targets.isKnown()) {
            touch();
            return;
        }
        busy = true;
        int mine = epoch;
        survey.read(
                Survey.User.LEADER,
                found -> {
                    if (mine != epoch) {
                        return;
                    }
                    recheck = found.isAnythingClosed() ? CLOSED_MILLIS : -1;
                    if (found.isAllOurs() && context.mode == GroupMode.COMPAT && recheck < 0) {
                        readOwners(found);
                    } else {
                        finished(Math.max(recheck, RETRY_MILLIS));
                    }
                },
                failure -> unread(mine, failure));
    }

    private void readOwners(Survey.Found found) {
        List<TopicPartition> order = new ArrayList<>();
        found.topics()
                .forEach((topic, body) ->
                        body.replicas().keySet().forEach(number -> order.add(new TopicPartition(topic, number))));
        List<TreeRead> reads = order.stream()
                .map(each -> TreeRead.data(context.paths.owner(each)))
                .toList();
        int mine = epoch;
        context.requests.read(reads, answer -> {
            Answer whole = answer.whole();
            if (mine != epoch || !whole.isOk()) {
                unread(mine, whole);
                return;
            }
            Map<TopicPartition, String> owners = new TreeMap<>();
            for (int i = 0; i < order.size(); i++) {
                OpResult node = answer.results().get(i);
                if (node.isOk()) {
                    TopicPartition each = order.get(i);
                    Registration.ownerIn(node.data()).ifPresent(member -> owners.put(each, member));
                }
            }
            SortedMap<String, Target> after = Decision.ofOwners(found, owners, targets.all());
            TreeOp flip = new TreeOp.SetData(context.paths.quorate(), GroupMode.NATIVE.bytes(), TreeOp.ANY);
            write(after, List.of(TargetStore.generation(context, after, after.size()), flip));
        });
    }
}
