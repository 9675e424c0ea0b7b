package io.quorate.registry.member;

import io.quorate.registry.config.ConfigChanges;
import io.quorate.registry.controller.Controller;
import io.quorate.registry.controller.ControllerElection;
import io.quorate.registry.controller.Fence;
import io.quorate.registry.controller.Office;
import io.quorate.registry.controller.OpenPartitions;
import io.quorate.registry.image.ClusterImage;
import io.quorate.registry.image.ControllerFollower;
import io.quorate.registry.image.ImageListener;
import io.quorate.registry.image.TreeFollower;
import io.quorate.registry.model.Broker;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.presence.BrokerPresence;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Watches;
import io.quorate.wire.proto.ErrorCode;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * One broker's membership (registry spec 4 and 5), over as many sessions as it takes. When a session expires, first all that a
 * controller has not sent is dropped, then the office is given up, and only then another session is asked for (4.4).
 *
 * <p>Belongs to one thread.
 */
public final class Membership {
    /** Orders that only the outside can carry out. */
    @FunctionalInterface
    public interface Out {
        /** Opens a session; {@link #onSession} follows when it is there. The one before, if there was one, is over. */
        void openSession();

        /** Creates the node that is the root of the session's tree, and those above it; {@link #onChroot} follows. */
        default void createChroot() {}

        /** The broker is in: registered with this epoch. */
        default void registered(long epoch) {}

        /** The broker is out, for good. */
        default void refused(String reason) {}
    }

    private static final long RETRY_MILLIS = 1_000;

    private final MemberSettings settings;
    private final MemberListener listener;
    private final Timers timers;
    private final LongSupplier chance;
    private final Out out;
    private final BrokerPresence presence;
    private final ConfigChanges configs;

    private Tree tree;
    private Watches watches;
    private Foundation foundation;
    private TreeFollower follower;
    private boolean followsAll;
    /** What awaits this broker if it is elected; of no use while it is controller. */
    private OpenPartitions open;

    private StandbyLine line;
    private ControllerFollower controllerFollower;
    private ControllerInfo toldController;
    private ControllerElection election;
    private Controller controller;
    private boolean isOver;
    private long disconnections;
    private boolean isConnected;

    /**
     * A membership that has not begun; {@link Out#openSession} is ordered by {@link #start}.
     *
     * @param chance random numbers, for ids
     */
    public Membership(MemberSettings settings, MemberListener listener, Timers timers, LongSupplier chance, Out out) {
        this.settings = settings;
        this.listener = new GuardedListener(listener);
        this.timers = timers;
        this.chance = chance;
        this.out = out;
        configs = new ConfigChanges(timers, chance, this.listener::onConfig, this.listener::onTrouble);
        presence = new BrokerPresence(
                settings.brokerId(), settings.info(), settings.conflict(), timers, new PresenceListener());
    }

    /** Begins. */
    public void start() {
        out.openSession();
    }

    /** A session is there. */
    public void onSession(Tree session) {
        tree = session;
        watches = new Watches(session);
        isConnected = true;
        foundation = new Foundation(session, chance, new Founding());
        foundation.lay();
    }

    /**
     * The root of the tree was to be created.
     *
     * @param problem null if it is there, else why it cannot be created now
     */
    public void onChroot(String problem) {
        if (isOver || tree == null) {
            return;
        }
        if (problem == null) {
            foundation.onChroot();
        } else {
            listener.onTrouble("the root of the tree cannot be created: " + problem);
            timers.after(RETRY_MILLIS, () -> {
                if (!isOver) {
                    out.createChroot();
                }
            });
        }
    }

    /** The session has a connection again. */
    public void onConnected() {
        isConnected = true;
        if (isOver) {
            return;
        }
        if (!foundation.isLaid()) {
            foundation.lay();
            return;
        }
        presence.onConnected();
        configs.onConnected();
        if (follower != null) {
            follower.onConnected();
        }
        if (controllerFollower != null) {
            controllerFollower.onConnected();
        }
        if (controller != null) {
            controller.onConnected();
        }
        if (election != null) {
            election.onConnected();
            line.onConnected();
        }
    }

    /**
     * The session has no connection.
     *
     * @param untilSuspectMillis so long, and then for two thirds of the session timeout no server has answered
     */
    public void onDisconnected(long untilSuspectMillis) {
        isConnected = false;
        long number = ++disconnections;
        if (follower != null) {
            follower.onDisconnected();
        }
        timers.after(untilSuspectMillis, () -> {
            if (!isConnected && number == disconnections && !isOver) {
                listener.onSuspect();
            }
        });
    }

    /** Something does not work that an operator should know. */
    public void onTrouble(String what) {
        listener.onTrouble(what);
    }

    /** The session is over. Another one is asked for. */
    public void onExpired() {
        if (!isOver) {
            endSession();
            listener.onSessionLost();
            out.openSession();
        }
    }

    /** Takes no part any more; who is outside ends the session, and with it the registration. */
    public void leave() {
        isOver = true;
        endSession();
        presence.close();
    }

    /**
     * The broker listens elsewhere now.
     *
     * @param done gets null when that is in the tree, or why it never will be
     */
    public void update(BrokerInfo info, Consumer<String> done) {
        presence.update(info, done);
    }

    /** The controller that this broker is; null if it is none. */
    public Controller controller() {
        return controller;
    }

    /** Gives the office of controller up, so that there is an election. */
    public void moveController() {
        if (election != null) {
            election.moveAway();
        }
    }

    /** What is known of the cluster; null if nothing is followed, as before the first registration. */
    public ClusterImage image() {
        return follower == null ? null : follower.image();
    }

    private void endSession() {
        resign();
        if (election != null) {
            election.close();
            election = null;
            line.close();
        }
        if (controllerFollower != null) {
            controllerFollower.close();
            controllerFollower = null;
        }
        if (follower != null) {
            follower.close();
            follower = null;
        }
        configs.end();
        tree = null;
    }

    private void resign() {
        if (controller != null) {
            controller.resign();
            controller = null;
            open = new OpenPartitions(follower.image());
        }
    }

    /** The broker cannot take part: its id is another's, or no session that is of any use can be had. */
    public void onRefused(String reason) {
        leave();
        out.refused(reason);
        listener.onRefused(reason);
    }

    private void onRegistered(long epoch) {
        out.registered(epoch);
        listener.onRegistered(epoch);
        if (!isOver) {
            configs.start(tree);
            if (settings.isCandidate()) {
                stand();
            } else {
                follow(false);
                controllerFollower = new ControllerFollower(tree, timers, this::onController, listener::onTrouble);
                controllerFollower.start();
            }
        }
    }

    /** What else is to be followed shows when the place in line is known. */
    private void stand() {
        line = new StandbyLine(tree, timers, settings.standbys(), this::follow, listener::onTrouble);
        election = new ControllerElection(settings.brokerId(), tree, timers, new ElectionListener());
        election.start();
    }

    /**
     * Follows what is of use to it: everything, or the brokers, or nothing. Who follows more stays with that to the end of the
     * session; it begins with what it knows of the brokers, so that nobody is told of them again.
     */
    private void follow(boolean all) {
        boolean isNew = follower == null ? all || settings.knowsBrokers() : all && !followsAll;
        if (!isNew) {
            return;
        }
        ClusterImage image = follower == null ? new ClusterImage() : follower.image();
        if (follower != null) {
            follower.close();
        }
        followsAll = all;
        open = new OpenPartitions(image);
        follower = all
                ? new TreeFollower(tree, image, new Changes(), timers)
                : TreeFollower.ofBrokersOnly(tree, image, new Changes(), timers);
        follower.start();
    }

    private void onController(ControllerInfo info) {
        if (!Objects.equals(info, toldController)) {
            toldController = info;
            listener.onController(info);
        }
    }

    private void onElected(Fence fence) {
        follow(true);
        Office office = new Office(tree, watches, follower, listener, settings.controller(), timers, chance);
        controller = new Controller(fence, office, this::onDeposed);
        controller.start(open.all());
    }

    private void onDeposed() {
        if (election != null) {
            election.onDeposed();
        }
    }

    private final class Founding implements Foundation.Listener {
        @Override
        public void onLaid() {
            presence.register(tree);
        }

        @Override
        public void onRefused(String reason) {
            Membership.this.onRefused(reason);
        }

        @Override
        public void onFailed(ErrorCode error) {
            if (error != ErrorCode.CONNECTION_LOSS) {
                listener.onTrouble("what every cluster has cannot be seen to, and is tried again later: " + error);
            }
            Foundation asked = foundation;
            timers.after(RETRY_MILLIS, () -> {
                if (!isOver && asked.equals(foundation)) {
                    asked.lay();
                }
            });
        }

        @Override
        public void onRootless() {
            out.createChroot();
        }
    }

    private final class PresenceListener implements BrokerPresence.Listener {
        @Override
        public void onRegistered(long epoch) {
            Membership.this.onRegistered(epoch);
        }

        @Override
        public void onRefused(String reason) {
            Membership.this.onRefused(reason);
        }

        @Override
        public void onTrouble(String what) {
            listener.onTrouble(what);
        }
    }

    private final class ElectionListener implements ControllerElection.Listener {
        @Override
        public void onElected(Fence fence) {
            Membership.this.onElected(fence);
        }

        @Override
        public void onResigned() {
            resign();
        }

        @Override
        public void onController(ControllerInfo info) {
            if (!line.isStanding()) {
                // It was refused a place: it takes its chances like a foreign broker.
                follow(false);
            }
            Membership.this.onController(info);
        }

        @Override
        public void onInLine(String candidate) {
            line.stand(candidate);
        }

        @Override
        public void onTrouble(String what) {
            listener.onTrouble(what);
        }
    }

    /** The controller, if this broker is one, first; then the listener. */
    private final class Changes implements ImageListener {
        @Override
        public void onBroker(int id, Broker before, Broker now) {
            office().onBroker(id, before, now);
            listener.onBroker(id, before, now);
        }

        @Override
        public void onTopic(String name) {
            office().onTopic(name);
            listener.onTopic(name);
        }

        @Override
        public void onPartition(TopicPartition partition) {
            office().onPartition(partition);
            listener.onPartition(partition);
        }

        @Override
        public void onCurrent() {
            office().onCurrent();
        }

        /** Who decides, or prepares to. */
        private ImageListener office() {
            return controller == null ? open : controller;
        }

        @Override
        public void onTrouble(String what) {
            listener.onTrouble(what);
        }

        @Override
        public void onMalformed(String path, String reason) {
            listener.onTrouble(path + " cannot be read: " + reason);
        }
    }
}
