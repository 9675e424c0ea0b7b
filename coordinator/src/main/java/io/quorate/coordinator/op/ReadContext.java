package io.quorate.coordinator.op;

import io.quorate.coordinator.session.SessionTable;
import io.quorate.coordinator.tree.DataTree;
import io.quorate.coordinator.tree.Znode;
import io.quorate.coordinator.watch.WatchTable;
import io.quorate.wire.proto.EventType;
import java.util.function.BiConsumer;

/**
 * Everything a read may look at: the committed tree, who asks, and the watch table in which it may register.
 *
 * @param missed told of events that a re-registered watch has missed (semantics 6.6)
 */
public record ReadContext<W>(
        DataTree tree,
        SessionTable sessions,
        WatchTable<W> watches,
        Permissions permissions,
        W watcher,
        Caller caller,
        BiConsumer<EventType, String> missed) {

    boolean mayNot(int permission, Znode node) {
        return !permissions.allows(tree.acl(node), permission, caller.identities());
    }

    void watch(String path, int modes) {
        watches.add(path, watcher, modes);
    }

    int watched(String path) {
        return watches.modes(path, watcher);
    }

    int unwatch(String path, int modes) {
        return watches.remove(path, watcher, modes);
    }
}
