package io.quorate.registry.config;

import io.quorate.registry.image.UnreadableNodes;
import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.MalformedBodyException;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.tree.Node;
import io.quorate.registry.tree.Read;
import io.quorate.registry.tree.ReadReply;
import io.quorate.registry.tree.Timers;
import io.quorate.registry.tree.Tree;
import io.quorate.registry.tree.Write;
import io.quorate.registry.tree.WriteReply;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Follows the announcements of changed configurations, session after session, and takes away those that everybody has had time
 * to read (registry spec 11). An announcement is only a hint: who is told reads the configuration as it is. Belongs to one thread.
 */
public final class ConfigChanges {
    /** So old is an announcement when any broker may delete it. */
    static final long KEPT_MILLIS = 15 * 60_000;

    /** Brokers delete at times of their own within so long, so that most find it done; N1 leaves a minute. */
    private static final long SPREAD_MILLIS = 40_000;

    /** So many are deleted at a time: what else the broker has to say needs room, too. */
    private static final int DELETIONS_MAX = 200;

    /** After so long a deletion that had no answer is tried again. */
    private static final long RETRY_MILLIS = 1_000;

    /** Instead of the creation time of what no broker deletes. */
    private static final long NEVER = Long.MAX_VALUE;

    private final Timers timers;
    private final Consumer<ConfigEntity> changed;
    private final Consumer<String> trouble;
    private final long keptMillis;
    /** The list of announcements, if it is, and those of them that are. */
    private final UnreadableNodes unreadable;

    /** Announcements that were told and are still there, with the time of their creation. */
    private final Map<String, Long> seen = new HashMap<>();

    /** Those that this session has deleted, or is about to. */
    private final Set<String> deleted = new HashSet<>();

    private int deletions;
    private boolean isAnyLost;
    private Tree tree;
    private boolean isLooking;
    private boolean mustLookAgain;
    private boolean isTimerSet;

    /**
     * Follows nothing yet.
     *
     * @param chance random numbers
     * @param changed gets what is announced, and at first what was announced lately: it may have changed before the start as
     *     well as after it. Each announcement once, in exceptional cases twice
     * @param trouble gets what cannot be read, or is no announcement, once each
     */
    public ConfigChanges(Timers timers, LongSupplier chance, Consumer<ConfigEntity> changed, Consumer<String> trouble) {
        this.timers = timers;
        this.changed = changed;
        this.trouble = trouble;
        unreadable = new UnreadableNodes(timers, this::again);
        keptMillis = KEPT_MILLIS + Math.floorMod(chance.getAsLong(), SPREAD_MILLIS);
    }

    /** Begins in this session; what was announced since the one before is told. */
    public void start(Tree session) {
        tree = session;
        isLooking = false;
        deleted.clear();
        deletions = 0;
        session.watch(RegistryPaths.CONFIG_CHANGES, false, change -> look());
        look();
    }

    /** There is a connection again. */
    public void onConnected() {
        look();
    }

    /** The session is over. */
    public void end() {
        tree = null;
    }

    private void look() {
        mustLookAgain = isLooking;
        if (!isLooking && tree != null) {
            isLooking = true;
            Tree asked = tree;
            asked.read(List.of(Read.children(RegistryPaths.CONFIG_CHANGES)), reply -> {
                if (asked.equals(tree)) {
                    onListed(reply);
                }
            });
        }
    }

    private void onListed(ReadReply reply) {
        List<String> names = new ArrayList<>();
        if (reply.isOk()) {
            names.addAll(reply.nodes().get(0).children());
            seen.keySet().retainAll(names);
            deleted.retainAll(names);
            names.removeIf(name -> !isNews(name));
            names.sort(Comparator.comparing(name -> RegistryPaths.sequence(name, RegistryPaths.CONFIG_CHANGE_PREFIX)));
        }
        if (names.isEmpty()) {
            onLooked(reply.error());
            return;
        }
        List<String> paths = names.stream()
                .map(name -> RegistryPaths.CONFIG_CHANGES + "/" + name)
                .toList();
        readEach(paths, read -> {
            read.nodes().forEach(this::onNode);
            onLooked(read.error());
        });
    }

    private void readEach(List<String> paths, Consumer<ReadReply> done) {
        Tree asked = tree;
        asked.readEach(Read.data(paths), read -> {
            if (asked.equals(tree)) {
                done.accept(read);
            }
        });
    }

    /** What could not be read is not read with every look, which there may be many of. */
    private void again(Collection<String> paths) {
        List<String> announcements = new ArrayList<>(paths);
        if (announcements.remove(RegistryPaths.CONFIG_CHANGES)) {
            look();
        }
        // Before they are asked for: there may be no session, or no answer.
        announcements.forEach(unreadable::add);
        if (tree != null && !announcements.isEmpty()) {
            readEach(announcements, read -> {
                read.nodes().forEach(this::onNode);
                deleteOld();
            });
        }
    }

    private boolean isNews(String name) {
        if (seen.containsKey(name)) {
            return false;
        }
        boolean isAnnouncement = RegistryPaths.isSequential(name, RegistryPaths.CONFIG_CHANGE_PREFIX);
        if (!isAnnouncement) {
            trouble.accept(RegistryPaths.CONFIG_CHANGES + "/" + name + " is no announcement");
            seen.put(name, NEVER);
        }
        return isAnnouncement;
    }

    private void onNode(Node node) {
        String name = RegistryPaths.name(node.path());
        if (!node.isReadable()) {
            seen.put(name, NEVER);
            if (unreadable.add(node.path())) {
                trouble.accept(node.path() + " cannot be read: " + node.error());
            }
            return;
        }
        unreadable.remove(node.path());
        if (node.exists()) {
            seen.put(name, node.stat().ctime());
            tell(node);
        }
    }

    /** Whether it went well or not: what was asked for meanwhile, or a connection that is back, leads to another look. */
    private void onLooked(ErrorCode error) {
        isLooking = false;
        if (error == ErrorCode.OK) {
            unreadable.remove(RegistryPaths.CONFIG_CHANGES);
        } else if (error != ErrorCode.CONNECTION_LOSS && unreadable.add(RegistryPaths.CONFIG_CHANGES)) {
            trouble.accept(RegistryPaths.CONFIG_CHANGES + " cannot be read, and is tried again later: " + error);
        }
        deleteOld();
        if (mustLookAgain) {
            look();
        }
    }

    private void tell(Node node) {
        ConfigEntity entity = decode(node);
        if (entity != null) {
            changed.accept(entity);
        }
    }

    private ConfigEntity decode(Node node) {
        try {
            return ConfigJson.decodeChange(node.data());
        } catch (MalformedBodyException e) {
            trouble.accept(node.path() + " cannot be read: " + e.getMessage());
            return null;
        }
    }

    /** Again when those that are under way are answered. */
    private void deleteOld() {
        if (deletions > 0) {
            return;
        }
        long now = timers.nowMillis();
        long oldest = NEVER;
        for (Map.Entry<String, Long> entry : seen.entrySet()) {
            long ctime = entry.getValue();
            if (ctime == NEVER || now - ctime < keptMillis) {
                oldest = Math.min(oldest, ctime);
            } else if (deletions < DELETIONS_MAX && deleted.add(entry.getKey())) {
                delete(entry.getKey());
            }
        }
        if (oldest != NEVER && !isTimerSet) {
            isTimerSet = true;
            timers.after(oldest + keptMillis - now, this::onDue);
        }
    }

    private void onDue() {
        isTimerSet = false;
        if (tree != null) {
            deleteOld();
        }
    }

    private void delete(String name) {
        deletions++;
        Tree asked = tree;
        asked.write(List.of(Write.delete(RegistryPaths.CONFIG_CHANGES + "/" + name, -1)), reply -> {
            if (asked.equals(tree)) {
                onDeleted(asked, name, reply);
            }
        });
    }

    private void onDeleted(Tree asked, String name, WriteReply reply) {
        deletions--;
        if (!reply.isOk() && reply.index() < 0) {
            deleted.remove(name);
            isAnyLost = true;
        }
        if (deletions == 0) {
            timers.after(isAnyLost ? RETRY_MILLIS : 0, () -> {
                if (asked.equals(tree)) {
                    deleteOld();
                }
            });
            isAnyLost = false;
        }
    }
}
