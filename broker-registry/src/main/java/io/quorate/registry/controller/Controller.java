package io.quorate.registry.controller;

import io.quorate.registry.image.ImageListener;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.TopicPartition;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A controller from its election to its resignation (registry spec 5.4). Every change of the image says which partitions are to
 * be looked at; each is compared with what it should be, and what is to be done about all of them goes into few transactions.
 * So the same thing follows from a change, from a failed or lost write, and from taking over from another controller: look
 * again.
 *
 * <p>Belongs to one thread.
 */
public final class Controller implements ImageListener {
    private final Term term;
    private final LiveBrokers brokers;
    private final UncleanPolicy unclean;
    private final Deletions deletions;
    private final Moves moves;
    private final PartitionLeaders leaders;
    private final AdminRequests requests;
    private final IsrChanges isrChanges;
    private final Progress progress;
    private final Answers answers;
    private final Map<Integer, Consumer<List<TopicPartition>>> leaving = new HashMap<>();

    private boolean isResigned;
    private boolean isRunOrdered;
    private boolean isRunning;
    private boolean mustRunAgain;

    /**
     * A controller that does nothing yet.
     *
     * @param deposed called once, if somebody else was elected
     */
    public Controller(Fence fence, Office office, Runnable deposed) {
        WorkList work =
                new WorkList(this::runSoon, (millis, task) -> office.timers().after(millis, () -> ifInOffice(task)));
        ControllerHost host = new GuardedHost(office.host());
        FencedWriter writer = new FencedWriter(office.tree(), fence, deposed);
        term = new Term(fence, office, host, writer, work, new Backoff(host));
        progress = new Progress(term);
        answers = new Answers(host::onTrouble);
        brokers = new LiveBrokers(term.image());
        unclean = new UncleanPolicy(term);
        deletions = new Deletions(term, brokers, this::onTopicGone);
        moves = new Moves(term, brokers, deletions::isRequested);
        leaders = new PartitionLeaders(term, brokers, unclean, moves);
        requests = new AdminRequests(term, moves, deletions, leaders);
        isrChanges = new IsrChanges(term, brokers, deletions::hasBegun);
    }

    /**
     * Takes office.
     *
     * @param open all partitions about which there may be something to do; of others it hears when they change
     */
    public void start(Collection<TopicPartition> open) {
        term.host().onElected(epoch());
        term.watch(RegistryPaths.CONFIG_CHANGES, false, () -> {
            unclean.onConfigChange();
            run();
        });
        requests.start();
        lookAt(open);
        if (term.settings().balanceIntervalMillis() > 0) {
            term.office().timers().after(term.settings().balanceDelayMillis(), this::balance);
        }
        run();
    }

    /** Leaves office: from now on nothing is written, and nobody is told anything. */
    public void resign() {
        if (!isResigned) {
            isResigned = true;
            term.writer().stop();
            term.unwatch();
            term.follower().abandonOwnWrites();
            term.host().onResigned();
            leaving.clear();
            answers.settle();
        }
    }

    /** How many controllers there were, with this one. */
    public int epoch() {
        return term.fence().epoch();
    }

    /** Whether there is nothing left to do, as far as is known. */
    public boolean isIdle() {
        return term.follower().isCurrent()
                && requests.isLoaded()
                && term.work().isQuiet()
                && brokers.bounced().isEmpty();
    }

    /**
     * Moves a partition to other brokers.
     *
     * @param target all replicas that it is to have, the one that should lead first; null to go back where it was
     * @param done gets null when the move has begun, or why it cannot; also if this controller resigns before
     */
    public void move(TopicPartition partition, List<Integer> target, Consumer<String> done) {
        Consumer<String> answer = answers.open(done, "this broker is not controller any more");
        if (!isResigned) {
            requests.supersede(partition);
            moves.request(partition, target, answer);
            run();
        }
    }

    /** Has the first replicas lead, if they can. */
    public void electPreferred(Collection<TopicPartition> partitions) {
        leaders.prefer(partitions);
        run();
    }

    /** Has anybody alive lead those that nobody can lead without loss. */
    public void electUnclean(Collection<TopicPartition> partitions) {
        leaders.allowUnclean(partitions);
        run();
    }

    /**
     * A broker is about to stop (registry spec 7.6): everything that somebody else can lead is led by somebody else.
     *
     * @param epoch with which the broker is registered
     * @param done gets the partitions that it still leads, when no more can be done; null if it has another epoch, or this
     *     controller resigns
     */
    public void stopping(int broker, long epoch, Consumer<List<TopicPartition>> done) {
        if (isResigned || !brokers.isCurrent(broker, epoch)) {
            done.accept(null);
            return;
        }
        brokers.stopping(broker);
        Consumer<List<TopicPartition>> before = leaving.put(broker, answers.open(done, null));
        if (before != null) {
            before.accept(null);
        }
        term.work().lookAt(term.image().partitionsOn(broker));
        run();
    }

    /** The directory of these replicas has failed: their broker can neither lead nor follow them. */
    public void replicasFailed(int broker, Collection<TopicPartition> partitions) {
        brokers.failed(broker, partitions);
        term.work().lookAt(partitions);
        run();
    }

    /** A leader wants other in-sync replicas; it is told to ask another controller if this one resigns before it has answered. */
    public void alterIsr(IsrRequest request, Consumer<IsrRequest.Result> done) {
        if (isResigned || !term.follower().isCurrent()) {
            done.accept(IsrRequest.Result.NOT_CONTROLLER);
        } else {
            isrChanges.request(request, answers.open(done, IsrRequest.Result.NOT_CONTROLLER));
        }
    }

    @Override
    public void onBroker(int id, Broker before, Broker now) {
        if (before != null && now != null && before.epoch() == now.epoch()) {
            return;
        }
        if (before != null && now != null) {
            brokers.bounced(id);
        } else {
            brokers.started(id);
        }
        if (now != null) {
            deletions.onBrokerStarted();
        }
        term.work().lookAt(term.image().partitionsOn(id));
    }

    @Override
    public void onTopic(String name) {
        brokers.onReplicas(name);
        if (term.follower().isTellingOwn()) {
            return;
        }
        if (term.image().topic(name) == null) {
            onTopicGone(name);
        } else {
            term.work().lookAt(term.image().topic(name).partitions());
        }
        term.work().lookAtTopic(name);
    }

    private void onTopicGone(String name) {
        deletions.onTopicGone(name);
        term.backoff().forget(RegistryPaths.topic(name));
        moves.onTopicGone(name);
        leaders.onTopicGone(name);
        unclean.onTopicGone(name);
    }

    @Override
    public void onPartition(TopicPartition partition) {
        if (!term.follower().isTellingOwn()) {
            term.work().lookAt(partition);
        }
    }

    @Override
    public void onCurrent() {
        run();
    }

    /** There is a connection again; the image tells of what has changed meanwhile, but not of what was asked for. */
    public void onConnected() {
        unclean.onConfigChange();
        requests.look();
        lookAt(term.image().partitions());
    }

    private void lookAt(Collection<TopicPartition> partitions) {
        term.work().lookAt(partitions);
        term.image().topics().keySet().forEach(term.work()::lookAtTopic);
    }

    /** Runs once for all that comes back at the same time, as the changes of one transaction do. */
    private void runSoon() {
        if (!isRunOrdered) {
            isRunOrdered = true;
            term.office().timers().after(0, () -> {
                isRunOrdered = false;
                run();
            });
        }
    }

    /** Does all that can be done now. What is ordered here is answered later, and leads here again. */
    private void run() {
        if (isRunning) {
            mustRunAgain = true;
            return;
        }
        isRunning = true;
        try {
            do {
                mustRunAgain = false;
                if (!isResigned && term.follower().isCurrent() && requests.isLoaded()) {
                    round();
                }
            } while (mustRunAgain);
        } finally {
            isRunning = false;
        }
    }

    private void round() {
        deletions.step();
        for (String topic : term.work().takeTopics(this::isSettled)) {
            if (deletions.hasBegun(topic)) {
                // Nobody may wait for what will not happen: as long as a request stands, nobody else can ask.
                moves.refuseAll(topic, "the topic is being deleted");
                leaders.forgetAll(topic);
            } else {
                moves.step(topic);
            }
        }
        for (TopicPartition partition : term.work().takePartitions(this::isSettled)) {
            if (!deletions.hasBegun(partition.topic())) {
                leaders.step(partition);
            }
        }
        unclean.ask();
        requests.step();
        settleBrokers();
        releaseBrokers();
        term.writer().flush();
    }

    private boolean isSettled(String topic) {
        return term.follower().isSettled(RegistryPaths.topic(topic));
    }

    /** Makes no paths where nothing is open: this is asked of each partition that is looked at. */
    private boolean isSettled(TopicPartition partition) {
        return term.follower().isSettled()
                || (isSettled(partition.topic())
                        && term.follower().isSettled(RegistryPaths.state(partition))
                        && term.areBrokersKnown(partition));
    }

    /** Looks who has waited for all partitions of a broker to be dealt with. */
    private void settleBrokers() {
        for (int broker : brokers.bounced()) {
            if (progress.isDone(broker)) {
                List<TopicPartition> partitions = term.image().partitionsOn(broker);
                brokers.settled(
                        broker, partitions.stream().filter(term.work()::isOpen).toList());
                term.work().lookAt(partitions);
                mustRunAgain = true;
            }
        }
        List<TopicPartition> decided = brokers.takeDecided(term.work()::isOpen);
        term.work().lookAt(decided);
        mustRunAgain |= !decided.isEmpty();
    }

    /** Looks who can leave. */
    private void releaseBrokers() {
        for (int broker : List.copyOf(leaving.keySet())) {
            if (progress.isDone(broker)) {
                leaving.remove(broker).accept(stillLed(broker));
            }
        }
    }

    private List<TopicPartition> stillLed(int broker) {
        List<TopicPartition> led = term.image().partitionsOn(broker);
        led.removeIf(partition -> term.image().state(partition) == null
                || term.image().state(partition).state().leader() != broker
                || term.image().replicas(partition).replicas().size() < 2);
        return led;
    }

    private void balance() {
        ifInOffice(() -> {
            leaders.prefer(LeaderBalance.misplaced(term.image(), term.settings().imbalancePercentMax()));
            term.office().timers().after(term.settings().balanceIntervalMillis(), this::balance);
            run();
        });
    }

    private void ifInOffice(Runnable task) {
        if (!isResigned) {
            task.run();
        }
    }
}
