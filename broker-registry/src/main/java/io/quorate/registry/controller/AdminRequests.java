package io.quorate.registry.controller;

import io.quorate.registry.image.UnreadableNodes;
import io.quorate.registry.layout.AdminJson;
import io.quorate.registry.layout.ClusterJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows what others ask a controller for by writing it into the tree (registry spec 1.5, 1.7, 11), hands it on, and takes it
 * away when it is done. Whatever happens below {@code /admin} leads to one look at everything there.
 */
final class AdminRequests {
    private final Term term;
    private final Moves moves;
    private final Deletions deletions;
    private final PartitionLeaders leaders;

    private SortedMap<TopicPartition, List<Integer>> targets = new TreeMap<>();
    private final Map<TopicPartition, List<Integer>> superseded = new HashMap<>();
    private boolean isTargetsThere;
    private int targetsVersion;
    private boolean isTargetsBusy;
    private SortedSet<TopicPartition> elections = new TreeSet<>();
    private boolean isElectionsAsked;
    private boolean isElectionsBusy;
    private final Set<String> noticesBusy = new HashSet<>();
    /** Notices of failed directories that stay until they can be read: nobody else would tell of them. */
    private final UnreadableNodes unreadableNotices;

    private boolean isLoaded;
    private boolean isLooking;
    private boolean mustLookAgain;

    AdminRequests(Term term, Moves moves, Deletions deletions, PartitionLeaders leaders) {
        this.term = term;
        this.moves = moves;
        this.deletions = deletions;
        this.leaders = leaders;
        unreadableNotices = new UnreadableNodes(term.office().timers(), this::readDirectories);
    }

    /** Begins to follow. */
    void start() {
        term.watch(RegistryPaths.ADMIN, true, this::look);
        term.watch(RegistryPaths.ISR_CHANGES, false, this::look);
        term.watch(RegistryPaths.LOG_DIR_EVENTS, false, this::look);
        look();
    }

    /** Whether everything was seen at least once: before that nobody knows what must be left alone. */
    boolean isLoaded() {
        return isLoaded;
    }

    /** Looks at everything; also after a connection was lost, when changes may have been missed. */
    void look() {
        if (term.writer().isStopped()) {
            return;
        }
        if (isLooking) {
            mustLookAgain = true;
            return;
        }
        isLooking = true;
        mustLookAgain = false;
        term.tree()
                .read(
                        List.of(
                                Read.data(RegistryPaths.REASSIGN_PARTITIONS),
                                Read.data(RegistryPaths.PREFERRED_ELECTION),
                                Read.children(RegistryPaths.DELETE_TOPICS),
                                Read.children(RegistryPaths.ISR_CHANGES),
                                Read.children(RegistryPaths.LOG_DIR_EVENTS)),
                        this::onSeen);
    }

    private void onSeen(ReadReply reply) {
        isLooking = false;
        if (term.writer().isStopped()) {
            return;
        }
        if (!reply.isOk()) {
            if (reply.error() != ErrorCode.CONNECTION_LOSS) {
                term.work().after(term.backoff().failed(RegistryPaths.ADMIN, reply.error()), this::look);
            }
            return;
        }
        term.backoff().succeeded(RegistryPaths.ADMIN);
        List<Node> nodes = reply.nodes();
        deletions.onRequests(new HashSet<>(nodes.get(2).children()));
        onTargets(nodes.get(0));
        onElections(nodes.get(1));
        nodes.get(3).children().forEach(name -> remove(RegistryPaths.ISR_CHANGES + "/" + name));
        onDirectories(nodes.get(4).children());
        isLoaded = true;
        term.work().wakeUp();
        if (mustLookAgain) {
            look();
        }
    }

    private void onTargets(Node node) {
        SortedMap<TopicPartition, List<Integer>> wanted = new TreeMap<>();
        try {
            wanted = node.exists() ? AdminJson.decodeReassignments(node.data()) : wanted;
        } catch (MalformedBodyException e) {
            term.host().onTrouble(node.path() + " cannot be read: " + e.getMessage());
            targets.clear();
            isTargetsThere = false;
            isTargetsBusy = true;
            removeTargets(Write.delete(node.path(), node.version()));
            return;
        }
        SortedMap<TopicPartition, List<Integer>> asked = wanted;
        superseded.entrySet().removeIf(entry -> !entry.getValue().equals(asked.get(entry.getKey())));
        wanted.forEach((partition, target) -> {
            if (!target.equals(targets.get(partition)) && !superseded.containsKey(partition)) {
                moves.request(partition, target, reason -> onMove(partition, reason));
            }
        });
        targets = wanted;
        isTargetsThere = node.exists();
        targetsVersion = node.version();
    }

    /**
     * Somebody has asked for another move of this partition: the latest request counts (registry spec 9), also for the controller
     * that comes after this one. So the older one goes from the node, first.
     */
    void supersede(TopicPartition partition) {
        if (targets.containsKey(partition)) {
            superseded.put(partition, targets.get(partition));
            stepTargets();
        }
    }

    private void onMove(TopicPartition partition, String objection) {
        if (objection != null) {
            term.host().onTrouble(partition + " is not moved: " + objection);
        }
    }

    private void onElections(Node node) {
        isElectionsAsked = node.exists();
        try {
            elections = node.exists() ? AdminJson.decodePartitions(node.data()) : new TreeSet<>();
        } catch (MalformedBodyException e) {
            term.host().onTrouble(node.path() + " cannot be read: " + e.getMessage());
            elections = new TreeSet<>();
        }
        leaders.prefer(elections);
    }

    /** The changes themselves are known by the watch on the states; the notices are for those who have none. */
    private void remove(String notice) {
        if (noticesBusy.add(notice)) {
            term.change().add(Write.delete(notice, -1)).submit(term.writer(), outcome -> noticesBusy.remove(notice));
        }
    }

    private void onDirectories(List<String> names) {
        List<String> paths = names.stream()
                .map(name -> RegistryPaths.LOG_DIR_EVENTS + "/" + name)
                .filter(path -> !noticesBusy.contains(path))
                .toList();
        if (!paths.isEmpty()) {
            readDirectories(paths);
        }
    }

    private void readDirectories(Collection<String> paths) {
        if (term.writer().isStopped()) {
            return;
        }
        term.tree().readEach(Read.data(paths), reply -> {
            if (term.writer().isStopped()) {
                return;
            }
            reply.nodes().forEach(this::onNotice);
            // Without a connection nothing needs to be done: when it is back, everything is looked at.
            if (!reply.isOk() && reply.error() != ErrorCode.CONNECTION_LOSS) {
                paths.forEach(path -> unreadable(path, reply.error()));
            }
            term.work().wakeUp();
        });
    }

    private void onNotice(Node notice) {
        if (!notice.isReadable()) {
            unreadable(notice.path(), notice.error());
            return;
        }
        unreadableNotices.remove(notice.path());
        if (notice.exists() && !noticesBusy.contains(notice.path())) {
            onDirectory(notice);
        }
    }

    private void unreadable(String notice, ErrorCode error) {
        if (unreadableNotices.add(notice)) {
            term.host().onTrouble(notice + " cannot be read, and is tried again later: " + error);
        }
    }

    private void onDirectory(Node notice) {
        try {
            term.host().onDirectoryFailed(ClusterJson.decodeLogDirEvent(notice.data()));
        } catch (MalformedBodyException e) {
            term.host().onTrouble(notice.path() + " cannot be read: " + e.getMessage());
        }
        remove(notice.path());
    }

    /** Takes away what is done. */
    void step() {
        stepTargets();
        if (isElectionsAsked && !isElectionsBusy && !leaders.isAnyPreferred(elections)) {
            isElectionsBusy = true;
            Write write = Write.delete(RegistryPaths.PREFERRED_ELECTION, -1);
            term.change()
                    .add(write)
                    .submit(
                            term.writer(),
                            outcome -> term.settled(write.path(), outcome, () -> {
                                isElectionsBusy = false;
                                isElectionsAsked = false;
                                look();
                            }));
        }
    }

    private void stepTargets() {
        if (isTargetsThere && !isTargetsBusy) {
            SortedMap<TopicPartition, List<Integer>> open = new TreeMap<>(targets);
            open.keySet().removeIf(partition -> !moves.isOpen(partition) || superseded.containsKey(partition));
            // A request for nothing is done, too: as long as it stands, nobody else can ask.
            if (open.isEmpty() || open.size() < targets.size()) {
                isTargetsBusy = true;
                targets = open;
                removeTargets(
                        open.isEmpty()
                                ? Write.delete(RegistryPaths.REASSIGN_PARTITIONS, targetsVersion)
                                : Write.set(
                                        RegistryPaths.REASSIGN_PARTITIONS,
                                        AdminJson.encodeReassignments(open),
                                        targetsVersion));
            }
        }
    }

    private void removeTargets(Write write) {
        term.change()
                .add(write)
                .submit(
                        term.writer(),
                        outcome -> term.settled(write.path(), outcome, () -> {
                            isTargetsBusy = false;
                            look();
                        }));
    }
}
