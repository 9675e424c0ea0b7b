package io.quorate.registry.controller;

import io.quorate.registry.image.ControllerFollower;
import io.quorate.registry.image.UnreadableNodes;
import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;

/**
 * One broker's part in electing the controller, for the length of one session (registry spec 5). Whatever happens to
 * {@code /controller} leads to one look at both nodes at the same moment, and that look alone decides.
 *
 * <p>Our own candidates stand in line, so that not all of them write at once when a controller dies: who is at place r waits r
 * times {@value #STEP_MILLIS} ms. Other brokers know nothing of that and simply race; the transaction decides (13.4).
 */
public final class ControllerElection {
    static final long STEP_MILLIS = 50;

    /** Is told who is controller. */
    public interface Listener {
        /** This broker is controller from now on. */
        void onElected(Fence fence);

        /** This broker is controller no more. */
        void onResigned();

        /** Somebody is controller, perhaps this broker; null if nobody is. */
        void onController(ControllerInfo controller);

        /** Something happened that an operator should know. */
        default void onTrouble(String what) {}

        /** This broker stands in line, under this name. */
        default void onInLine(String candidate) {}
    }

    private final int brokerId;
    private final Tree tree;
    private final Timers timers;
    private final Listener listener;
    /** The nodes of the office, if it can neither be taken nor be seen to be another's. */
    private final UnreadableNodes refused;

    private String candidate;
    /** The answer was lost that would have told our place. */
    private boolean mayStandInLine;

    private Fence fence;
    private boolean isLooking;
    private boolean mustLookAgain;
    private boolean isClosed;
    private long delayedLooks;

    /** A candidate that does nothing yet. */
    public ControllerElection(int brokerId, Tree tree, Timers timers, Listener listener) {
        this.brokerId = brokerId;
        this.tree = tree;
        this.timers = timers;
        this.listener = listener;
        refused = new UnreadableNodes(timers, paths -> look());
    }

    /** Takes part from now on. */
    public void start() {
        tree.watch(RegistryPaths.CONTROLLER, false, change -> look());
        standInLine();
        look();
    }

    /** There is a connection again: things may have changed meanwhile. */
    public void onConnected() {
        if (candidate == null && mayStandInLine) {
            findPlace();
        } else if (candidate == null) {
            standInLine();
        }
        look();
    }

    /** Takes part no longer: the session is over, or the broker is leaving. The node goes with the session. */
    public void close() {
        isClosed = true;
        resign();
    }

    /** Gives the office up, if this broker has it, so that another one (or it again) is elected. */
    public void moveAway() {
        if (fence != null) {
            List<Write> writes = List.of(fence.check(), Write.delete(RegistryPaths.CONTROLLER, -1));
            resign();
            tree.write(writes, reply -> {});
        }
    }

    /** A transaction was refused because of its fence: somebody else was elected. */
    public void onDeposed() {
        resign();
        look();
    }

    /** Whether this broker is controller, as far as it knows. */
    public boolean isController() {
        return fence != null;
    }

    private void resign() {
        if (fence != null) {
            fence = null;
            listener.onResigned();
        }
    }

    private void standInLine() {
        List<Write> writes = List.of(Write.createCandidate(
                RegistryPaths.CANDIDATES + "/" + RegistryPaths.CANDIDATE_PREFIX, ControllerJson.encodeEpoch(brokerId)));
        tree.write(writes, reply -> {
            mayStandInLine = reply.isUnknown();
            if (reply.isOk()) {
                onPlace(reply.results().get(0).path());
            }
        });
    }

    /** Nobody stands in two places: whoever counts those at the front would count one broker twice. */
    private void findPlace() {
        Read line = Read.children(RegistryPaths.CANDIDATES);
        tree.read(List.of(line), listed -> {
            if (listed.isOk()) {
                List<Read> all = listed.nodes().get(0).children().stream()
                        .map(name -> Read.data(RegistryPaths.CANDIDATES + "/" + name))
                        .toList();
                tree.read(all, this::onLineRead);
            }
        });
    }

    private void onLineRead(ReadReply reply) {
        if (!reply.isOk() || isClosed || candidate != null) {
            return;
        }
        mayStandInLine = false;
        reply.nodes().stream()
                .filter(node -> node.exists() && node.stat().ephemeralOwner() == tree.session())
                .findFirst()
                .ifPresentOrElse(ours -> onPlace(ours.path()), this::standInLine);
    }

    private void onPlace(String path) {
        candidate = RegistryPaths.name(path);
        listener.onInLine(candidate);
    }

    private void look() {
        if (isClosed) {
            return;
        }
        if (isLooking) {
            mustLookAgain = true;
            return;
        }
        isLooking = true;
        mustLookAgain = false;
        tree.read(
                List.of(
                        Read.data(RegistryPaths.CONTROLLER),
                        Read.data(RegistryPaths.CONTROLLER_EPOCH),
                        Read.children(RegistryPaths.CANDIDATES)),
                this::onSeen);
    }

    private void onSeen(ReadReply reply) {
        isLooking = false;
        if (isClosed) {
            return;
        }
        if (!reply.isOk()) {
            onFailed("who is controller cannot be read: ", reply.error());
        } else if (mustLookAgain) {
            look();
        } else {
            decide(reply.nodes());
        }
    }

    private void decide(List<Node> nodes) {
        try {
            if (nodes.get(0).exists()) {
                onOccupied(nodes.get(0), nodes.get(1));
            } else {
                onVacant(nodes.get(1), nodes.get(2).children());
            }
        } catch (MalformedBodyException e) {
            // Until somebody mends it, there is no controller.
            retry(RegistryPaths.CONTROLLER_EPOCH, "nobody can be elected: " + e.getMessage());
        }
    }

    /** Without a connection there is nothing to try: {@link #onConnected} looks again. */
    private void onFailed(String what, ErrorCode error) {
        if (error != ErrorCode.CONNECTION_LOSS) {
            retry(RegistryPaths.CONTROLLER, what + error);
        }
    }

    private void retry(String path, String reason) {
        if (refused.add(path)) {
            listener.onTrouble(path + ": " + reason + "; tried again later");
        }
    }

    /** The office was seen to be somebody's. */
    private void succeeded() {
        refused.remove(RegistryPaths.CONTROLLER);
        refused.remove(RegistryPaths.CONTROLLER_EPOCH);
    }

    private void onOccupied(Node controller, Node epoch) {
        delayedLooks = 0;
        ControllerInfo info = ControllerFollower.decode(controller);
        boolean isOurs = controller.stat().ephemeralOwner() == tree.session();
        if (isOurs && fence == null && epoch.exists()) {
            // The election succeeded, and only the answer was lost.
            become(new Fence(ControllerJson.decodeEpoch(epoch.data()), epoch.version()));
        } else if (!isOurs) {
            resign();
        }
        succeeded();
        listener.onController(info);
    }

    private void onVacant(Node epoch, List<String> candidates) {
        resign();
        listener.onController(null);
        int place = candidate == null
                ? 0
                : (int) candidates.stream()
                        .filter(other -> other.compareTo(candidate) < 0)
                        .count();
        if (place == 0 || delayedLooks > 0) {
            delayedLooks = 0;
            elect(epoch);
        } else {
            timers.after(place * STEP_MILLIS, () -> {
                delayedLooks++;
                look();
            });
        }
    }

    private void elect(Node epoch) {
        if (!epoch.exists()) {
            Write first = Write.create(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(0));
            tree.write(List.of(first), reply -> lookIfAnswered(reply));
            return;
        }
        int next = ControllerJson.decodeEpoch(epoch.data()) + 1;
        ControllerInfo us = new ControllerInfo(brokerId, timers.nowMillis(), -1);
        List<Write> writes = List.of(
                Write.createEphemeral(RegistryPaths.CONTROLLER, ControllerJson.encode(us)),
                Write.set(RegistryPaths.CONTROLLER_EPOCH, ControllerJson.encodeEpoch(next), epoch.version()));
        tree.write(writes, reply -> onVoted(reply, next));
    }

    private void onVoted(WriteReply reply, int epoch) {
        if (isClosed) {
            return;
        }
        if (reply.isOk()) {
            if (fence == null) {
                become(new Fence(epoch, reply.results().get(1).stat().version()));
            }
        } else {
            lookIfAnswered(reply);
        }
    }

    private void lookIfAnswered(WriteReply reply) {
        if (reply.isOk() || reply.isRefused(ErrorCode.NODE_EXISTS) || reply.isRefused(ErrorCode.BAD_VERSION)) {
            look();
        } else {
            onFailed("the controller cannot be elected: ", reply.error());
        }
    }

    private void become(Fence won) {
        succeeded();
        fence = won;
        listener.onElected(won);
    }
}
