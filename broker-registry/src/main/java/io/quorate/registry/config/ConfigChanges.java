package io.quorate.registry.config;

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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Follows the announcements of changed configurations for one session, and takes away those that everybody has had time to read
 * (registry spec 11). An announcement is only a hint: who is told reads the configuration as it is. Belongs to one thread.
 */
public final class ConfigChanges {
    /** So old is an announcement when any broker may delete it. */
    static final long KEPT_MILLIS = 15 * 60_000;

    private final Tree tree;
    private final Timers timers;
    private final Consumer<ConfigEntity> changed;
    private final Set<String> seen = new HashSet<>();
    private boolean isFirst = true;
    private boolean isLooking;
    private boolean mustLookAgain;

    /** @param changed gets what was announced after the start, and after lost connections perhaps some of it twice */
    public ConfigChanges(Tree tree, Timers timers, Consumer<ConfigEntity> changed) {
        this.tree = tree;
        this.timers = timers;
        this.changed = changed;
    }

    /** Begins; what was announced before is taken as read. */
    public void start() {
        tree.watch(RegistryPaths.CONFIG_CHANGES, false, change -> look());
        look();
    }

    /** There is a connection again. */
    public void onConnected() {
        look();
    }

    private void look() {
        mustLookAgain = isLooking;
        if (!isLooking) {
            isLooking = true;
            tree.read(List.of(Read.children(RegistryPaths.CONFIG_CHANGES)), this::onListed);
        }
    }

    private void onListed(ReadReply reply) {
        if (!reply.isOk()) {
            isLooking = false;
            return;
        }
        List<String> names = reply.nodes().get(0).children().stream()
                .filter(name -> name.startsWith(RegistryPaths.CONFIG_CHANGE_PREFIX))
                .sorted(Comparator.comparing((Function<String, Integer>)
                        name -> RegistryPaths.sequence(name, RegistryPaths.CONFIG_CHANGE_PREFIX)))
                .toList();
        seen.retainAll(names);
        List<String> paths = names.stream()
                .map(name -> RegistryPaths.CONFIG_CHANGES + "/" + name)
                .toList();
        tree.read(Read.data(paths), this::onRead);
    }

    private void onRead(ReadReply reply) {
        isLooking = false;
        if (!reply.isOk()) {
            return;
        }
        for (Node node : reply.nodes()) {
            if (node.exists()) {
                onChange(node);
            }
        }
        isFirst = false;
        if (mustLookAgain) {
            look();
        }
    }

    private void onChange(Node node) {
        if (seen.add(RegistryPaths.name(node.path())) && !isFirst) {
            ConfigEntity entity = decode(node);
            if (entity != null) {
                changed.accept(entity);
            }
        }
        if (timers.nowMillis() - node.stat().ctime() > KEPT_MILLIS) {
            tree.write(List.of(Write.delete(node.path(), -1)), reply -> {});
        }
    }

    private static ConfigEntity decode(Node node) {
        try {
            return ConfigJson.decodeChange(node.data());
        } catch (MalformedBodyException e) {
            return null;
        }
    }
}
