package io.quorate.coordinator.tree;

import io.quorate.wire.proto.Acl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * The distinct access lists of the tree, each held once and counted. Nodes refer to them by id; −1 is the open list, which
 * is never in the table (storage-formats 5).
 */
public final class AclTable {

    /** Id of world:anyone with all permissions. */
    public static final int OPEN = -1;

    private final Map<Integer, Entry> byId = new TreeMap<>();
    private final Map<List<Acl>, Integer> byList = new HashMap<>();
    private int lastId;

    private static final class Entry {
        final List<Acl> acl;
        int users;

        Entry(List<Acl> acl) {
            this.acl = acl;
        }
    }

    /** The list with this id; an id that is not known reads as the open list. */
    public List<Acl> get(int id) {
        if (id == OPEN) {
            return Acl.OPEN_UNSAFE;
        }
        Entry entry = byId.get(id);
        return entry == null ? Acl.OPEN_UNSAFE : entry.acl;
    }

    /** The id of a list, counting one more user of it. */
    int acquire(List<Acl> acl) {
        if (isOpen(acl)) {
            return OPEN;
        }
        Integer known = byList.get(acl);
        if (known != null) {
            byId.get(known).users++;
            return known;
        }
        int id = ++lastId;
        put(id, acl);
        byId.get(id).users = 1;
        return id;
    }

    /** Counts one more user of a list already here. */
    void acquire(int id) {
        if (id == OPEN) {
            return;
        }
        Entry entry = byId.get(id);
        if (entry != null) {
            entry.users++;
        }
    }

    /** Counts one user less; a list without users is dropped. */
    void release(int id) {
        if (id == OPEN) {
            return;
        }
        Entry entry = byId.get(id);
        if (entry != null && --entry.users == 0) {
            byId.remove(id);
            byList.remove(entry.acl);
        }
    }

    /** Forgets every list. */
    void clear() {
        byId.clear();
        byList.clear();
        lastId = 0;
    }

    /** Takes a list as a snapshot stores it, without users yet. */
    void put(int id, List<Acl> acl) {
        byId.put(id, new Entry(acl));
        byList.put(acl, id);
        lastId = Math.max(lastId, id);
    }

    /** Drops what a snapshot listed and no node uses. */
    void dropUnused() {
        byId.values().removeIf(entry -> {
            if (entry.users == 0) {
                byList.remove(entry.acl);
            }
            return entry.users == 0;
        });
    }

    /** Number of distinct lists beside the open one. */
    public int size() {
        return byId.size();
    }

    /** Visits the lists by ascending id. */
    public void forEach(BiConsumer<Integer, List<Acl>> visitor) {
        byId.forEach((id, entry) -> visitor.accept(id, entry.acl));
    }

    private static boolean isOpen(List<Acl> acl) {
        return acl == null || acl.isEmpty() || Acl.OPEN_UNSAFE.equals(acl);
    }
}
