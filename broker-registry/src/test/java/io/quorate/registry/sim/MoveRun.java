package io.quorate.registry.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.controller.Controller;
import io.quorate.registry.controller.IsrRequest;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.image.TopicImage;
import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.StateJson;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.PartitionDescription;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.sim.MoveStory.Second;
import io.quorate.registry.sim.SimTree.Committed;
import io.quorate.registry.tree.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * One {@link MoveStory} in a cluster of seven brokers, of which the first two are there to be controllers; at one of the moments
 * that the story has something happens to the controller. The moments are the same as in a run in which nothing happens.
 */
final class MoveRun implements SimCluster, SimSession.Road {
    private static final int BROKERS = 7;
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);
    private static final String STATE = RegistryPaths.state(PARTITION);
    private static final String TOPIC = RegistryPaths.topic("t");
    private static final long ADMIN = 1;
    private static final long STEP_MILLIS = 20;
    /** So often leaders look who is in sync. */
    private static final long LEAD_MILLIS = 200;

    private static final long START_MILLIS = 2_000;
    private static final long DEAD_MILLIS = 3 * SimSession.TIMEOUT_MILLIS;
    private static final long LIMIT_MILLIS = 180_000;
    private static final long AFTER_MILLIS = 15_000;

    private final MoveStory story;
    private final boolean isrByController;
    private final Mishap mishap;
    private final int strikeAt;

    private final Random random = new Random(1);
    private final SimTime time = new SimTime();
    private final SimTree tree = new SimTree();
    private final Map<Long, SimSession> sessions = new HashMap<>();
    private final List<SimBroker> brokers = new ArrayList<>();
    private final List<String> moments = new ArrayList<>();
    private final List<String> history = new ArrayList<>();
    private final Set<Integer> deleted = new HashSet<>();
    /** Brokers whose replicas were of no use at some time. */
    private final Set<Integer> dispensable = new HashSet<>();

    private final List<String> deletedTooEarly = new ArrayList<>();
    private final Invariants invariants;
    private long nextSession = 100;
    private boolean isSecondGone;
    private boolean isBegun;
    private boolean isHalfDone;
    private boolean isLame = true;
    private boolean isChangeSaid;
    private Controller asked;
    private long diedAt;

    /**
     * A run that has not begun.
     *
     * @param isrByController whether leaders ask the controller for other in-sync replicas, instead of writing them themselves
     * @param strikeAt the moment at which it happens
     */
    MoveRun(MoveStory story, boolean isrByController, Mishap mishap, int strikeAt) {
        this.story = story;
        this.isrByController = isrByController;
        this.mishap = mishap;
        this.strikeAt = strikeAt;
        invariants = new Invariants(tree, sessions::containsKey, this::isAlive);
        assertThat(invariants.checked()).isZero();
        tree.observe(this::observe);
        for (int id = 1; id <= BROKERS; id++) {
            brokers.add(new SimBroker(id, this, time, random));
        }
    }

    /** The moments of the controller's work, up to that at which something happened. */
    List<String> moments() {
        return moments;
    }

    /** What was committed, one line for each transaction; for messages. */
    String history() {
        return String.join("\n", history);
    }

    void run() {
        brokers.forEach(broker -> {
            broker.start();
            pass(START_MILLIS / BROKERS);
        });
        pass(START_MILLIS);
        admin(Write.create(
                TOPIC,
                TopicJson.encode(
                        TopicAssignment.of(new TreeMap<>(Map.of(0, MoveStory.ORIGIN)), "vmqmW3-YTWWIWtOSqf0MDQ"))));
        pass(START_MILLIS);
        assertThat(controller().id()).isEqualTo(1);
        loseSecond();
        isBegun = true;
        admin(Write.create(RegistryPaths.REASSIGN_PARTITIONS, request(story.first)));
        untilItIsOver();
        int version = tree.node(TOPIC).version();
        pass(AFTER_MILLIS);
        untilItIsOver();
        assertThat(tree.node(TOPIC).version()).as("nothing is moved again").isEqualTo(version);
        assertThat(deletedTooEarly).as("no replica goes before it may").isEmpty();
    }

    private void loseSecond() {
        isSecondGone = story.second != Second.IN_SYNC;
        if (story.second == Second.LAGS) {
            List<Integer> first = MoveStory.ORIGIN.subList(0, 1);
            admin(Write.set(STATE, StateJson.encode(state().withIsr(first)), -1));
        } else if (story.second == Second.DEAD) {
            broker(MoveStory.SECOND).kill();
            pass(DEAD_MILLIS);
        }
    }

    private void untilItIsOver() {
        long end = time.nowMillis() + LIMIT_MILLIS;
        while (!isOver()) {
            assertThat(time.nowMillis()).as("it comes to its end").isLessThan(end);
            step();
        }
    }

    private static byte[] request(List<Integer> target) {
        return AdminJson.encodeReassignments(new TreeMap<>(Map.of(PARTITION, target)));
    }

    private void admin(Write write) {
        assertThat(tree.write(ADMIN, List.of(write)).isOk()).as("%s", write).isTrue();
    }

    private void pass(long millis) {
        long end = time.nowMillis() + millis;
        while (time.nowMillis() < end) {
            step();
        }
    }

    private void step() {
        time.runUntil(time.nowMillis() + STEP_MILLIS);
        if (time.nowMillis() % LEAD_MILLIS == 0 && tree.exists(STATE)) {
            lead();
        }
        if (isBegun) {
            goOn();
        }
    }

    // ---- the story

    private void goOn() {
        isHalfDone |= state().isr().contains(MoveStory.QUICK);
        if (!isHalfDone) {
            return;
        }
        if (story.dies > 0 && diedAt == 0) {
            diedAt = time.nowMillis();
            broker(story.dies).kill();
        }
        if (story.dies > 0 && time.nowMillis() < diedAt + DEAD_MILLIS) {
            assertThat(replicas().isMoving()).as("nobody gives up").isTrue();
            return;
        }
        if (story.isChanged()) {
            change();
        } else {
            broker(MoveStory.QUICK).start();
            broker(MoveStory.ORIGIN.get(0)).start();
            isLame = false;
        }
    }

    private void change() {
        if (story == MoveStory.REPLACED && !isChangeSaid) {
            admin(Write.set(RegistryPaths.REASSIGN_PARTITIONS, request(story.end), -1));
            isChangeSaid = true;
        } else if (story != MoveStory.REPLACED && !isChangeSaid) {
            sayToController();
        }
    }

    /** Says it again to the next one, if one does not answer any more. */
    private void sayToController() {
        SimBroker one = controller();
        if (one != null && one.controller() != asked) {
            asked = one.controller();
            asked.move(PARTITION, story.end.equals(MoveStory.ORIGIN) ? null : story.end, objection -> {
                isChangeSaid |= objection == null;
                asked = null;
            });
        }
    }

    private boolean isOver() {
        return isBegun
                && (!story.isChanged() || isChangeSaid)
                && replicas().equals(ReplicaSet.settled(story.end))
                && new HashSet<>(state().isr()).equals(new HashSet<>(story.end))
                && state().leader() == story.end.get(0)
                && !tree.exists(RegistryPaths.REASSIGN_PARTITIONS)
                && controller() != null
                && controller().controller().isIdle()
                && imageOfController().state(PARTITION).state().equals(state());
    }

    private PartitionState state() {
        return StateJson.decode(tree.node(STATE).data());
    }

    private ReplicaSet replicas() {
        return TopicJson.decode(tree.node(TOPIC).data()).replicaSet(0);
    }

    private SimBroker broker(int id) {
        return brokers.get(id - 1);
    }

    private SimBroker controller() {
        return brokers.stream()
                .filter(broker -> broker.controller() != null)
                .reduce((one, other) -> other)
                .orElse(null);
    }

    // ---- leaders

    private void lead() {
        PartitionState state = state();
        if (!state.hasLeader() || !broker(state.leader()).isUp()) {
            return;
        }
        if (isrByController) {
            askForIsr(state);
        } else {
            broker(state.leader()).lead(true);
        }
    }

    private void askForIsr(PartitionState state) {
        SimBroker one = controller();
        SimNode leader = tree.node(RegistryPaths.broker(state.leader()));
        StoredState known =
                one == null || one.image() == null ? null : one.image().state(PARTITION);
        if (known == null || leader == null) {
            return;
        }
        List<Integer> isr = new ArrayList<>(known.state().isr());
        replicas(PARTITION).replicas().stream()
                .filter(replica -> !isr.contains(replica) && broker(replica).isUp())
                .forEach(isr::add);
        if (!isr.equals(known.state().isr())) {
            one.controller()
                    .alterIsr(
                            new IsrRequest(
                                    state.leader(),
                                    leader.czxid(),
                                    PARTITION,
                                    known.state().leaderEpoch(),
                                    known.version(),
                                    isr,
                                    0),
                            result -> {});
        }
    }

    // ---- what a broker has around it

    @Override
    public SimSession open(SimBroker broker) {
        SimSession session = new SimSession(nextSession++, tree, time, random, broker);
        sessions.put(session.session(), session);
        session.show(this);
        return session;
    }

    @Override
    public void abandon(SimSession session) {
        time.after(SimSession.TIMEOUT_MILLIS, session::expire);
    }

    private boolean isAlive(long session) {
        return sessions.containsKey(session) && !sessions.get(session).isOver();
    }

    @Override
    public int standbys() {
        return 1;
    }

    @Override
    public boolean isCalm() {
        return true;
    }

    @Override
    public ClusterImage imageOfController() {
        SimBroker one = controller();
        return one == null ? null : one.image();
    }

    /** For leaders: without those that lag behind. */
    @Override
    public ReplicaSet replicas(TopicPartition partition) {
        ReplicaSet all = replicas();
        List<Integer> quick = all.replicas().stream()
                .filter(replica -> !isLame || replica != MoveStory.LAME || !isBegun)
                .filter(replica -> !isSecondGone || replica != MoveStory.SECOND)
                .toList();
        return new ReplicaSet(quick, all.adding(), all.removing());
    }

    @Override
    public void writeAsLeader(SimSession session, TopicImage topic, Write write) {
        if (session != null && !session.isOver()) {
            tree.write(session.session(), List.of(write));
        }
    }

    @Override
    public void onDecided(PartitionDescription partition) {
        moment(partition.replicas().isMoving() ? "told" : "told in the end (B8)", controller());
    }

    @Override
    public void onDeletion(TopicPartition partition, List<Integer> replicas, boolean isDone) {
        if (isDone) {
            deleted.addAll(replicas);
        } else if (!dispensable.containsAll(replicas)) {
            deletedTooEarly.add("at " + time.nowMillis() + " " + replicas + " of " + replicas());
        }
        moment(isDone ? "deleted (B5)" : "to be deleted (B4)", controller());
    }

    // ---- moments

    /** What happens in the middle of something happens right after it. */
    private void moment(String what, SimBroker one) {
        if (isMoment(what, one)) {
            time.after(0, () -> mishap.befall(one, broker(MoveStory.QUICK), time));
        }
    }

    private boolean isMoment(String what, SimBroker one) {
        boolean isCounted = isBegun && one != null && moments.size() <= strikeAt;
        if (isCounted) {
            moments.add(what);
        }
        return isCounted && moments.size() == strikeAt + 1;
    }

    private SimBroker controllerOf(SimSession session) {
        return brokers.stream()
                .filter(broker -> broker.session() == session && broker.controller() != null)
                .findFirst()
                .orElse(null);
    }

    @Override
    public boolean isLetIn(SimSession session, List<Write> writes) {
        SimBroker one = controllerOf(session);
        if (!isMoment(what(writes) + " comes", one)) {
            return true;
        }
        mishap.befall(one, broker(MoveStory.QUICK), time);
        return !mishap.losesRequest();
    }

    @Override
    public void onCarriedOut(SimSession session, List<Write> writes) {
        moment(what(writes) + " is carried out", controllerOf(session));
    }

    @Override
    public void onAnswered(SimSession session, List<Write> writes) {
        moment(what(writes) + " is answered", controllerOf(session));
    }

    /** The steps of registry spec 9, by what is written. */
    private String what(List<Write> writes) {
        List<String> steps =
                writes.stream().map(this::what).filter(Objects::nonNull).toList();
        return steps.isEmpty() ? "reading" : String.join("+", steps);
    }

    private String what(Write write) {
        if (write.kind() == Write.Kind.CHECK) {
            return null;
        }
        if (write.path().equals(RegistryPaths.REASSIGN_PARTITIONS)) {
            return "B7";
        }
        if (write.path().equals(TOPIC)) {
            ReplicaSet next = TopicJson.decode(write.data()).replicaSet(0);
            boolean isBack = story.isChanged() && next.replicas().equals(MoveStory.ORIGIN);
            return next.isMoving() || isBack ? "U" : "B6";
        }
        return write.path().equals(STATE) ? step(StateJson.decode(write.data())) : write.path();
    }

    private String step(PartitionState next) {
        ReplicaSet replicas = replicas();
        boolean isOnTarget = replicas.target().contains(next.leader())
                && new HashSet<>(replicas.target()).equals(new HashSet<>(next.isr()));
        if (replicas.isMoving() && isOnTarget) {
            return "B1-B3";
        }
        return next.isr().contains(MoveStory.QUICK) || !replicas.isMoving() ? "state" : "A";
    }

    // ---- what is always so

    private void observe(Committed committed) {
        history.add(time.nowMillis() + " " + committed.zxid() + " " + committed.session() + " "
                + committed.writes().stream().map(MoveRun::line).toList());
        SimNode topic = committed.after().get(TOPIC);
        if (isBegun) {
            noteWhoIsDispensable();
        }
        if (topic == null || !isBegun) {
            return;
        }
        ReplicaSet now = TopicJson.decode(topic.data()).replicaSet(0);
        assertThat(story.allowed()).as("A1 at %d", committed.zxid()).contains(now);
        SimNode before = committed.before().get(TOPIC);
        ReplicaSet then = TopicJson.decode(before.data()).replicaSet(0);
        if (then.isMoving() && now.equals(ReplicaSet.settled(then.target()))) {
            List<Integer> gone = then.removing().stream()
                    .filter(broker -> !story.isDead(broker))
                    .toList();
            assertThat(deleted).as("before it ends, what went is gone").containsAll(gone);
        }
    }

    private void noteWhoIsDispensable() {
        ReplicaSet now = replicas();
        List<Integer> needed = invariants.hasArrived(PARTITION, now) ? now.target() : now.replicas();
        brokers.stream().map(SimBroker::id).filter(id -> !needed.contains(id)).forEach(dispensable::add);
    }

    private static String line(Write write) {
        return write.kind() + " " + write.path() + (write.data() == null ? "" : " " + new String(write.data(), UTF_8));
    }
}
