package io.quorate.coordinator.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;

/** All sessions, changed by transactions alone, and which session owns which ephemeral node. */
public final class SessionTable {

    private final Long2ObjectHashMap<Session> sessions = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Set<String>> unowned = new Long2ObjectHashMap<>();
    private long ephemeralCount;

    /** The session, or null. */
    public Session get(long id) {
        return sessions.get(id);
    }

    public int size() {
        return sessions.size();
    }

    public long ephemeralCount() {
        return ephemeralCount;
    }

    /** Applies a createSession. A session that is there stays as it is. */
    public Session create(long id, int timeoutMillis) {
        Session session = sessions.get(id);
        if (session == null) {
            session = new Session(id, timeoutMillis);
            sessions.put(id, session);
            adopt(session);
        }
        return session;
    }

    /** What a snapshot held of it already, if it began while that was written. */
    private void adopt(Session session) {
        Set<String> paths = unowned.remove(session.id());
        if (paths != null) {
            session.ephemerals().addAll(paths);
            ephemeralCount += paths.size();
        }
    }

    /** Applies the end of a session. Returns it, or null if it was not there. */
    public Session remove(long id) {
        Session session = sessions.remove(id);
        if (session != null) {
            ephemeralCount -= session.ephemerals().size();
        }
        return session;
    }

    /** Notes that an ephemeral node was created. Returns false if its session is not there: it gets the node if it comes. */
    public boolean addEphemeral(long id, String path) {
        Session session = sessions.get(id);
        if (session == null) {
            unowned.computeIfAbsent(id, none -> new LinkedHashSet<>()).add(path);
            return false;
        }
        if (session.ephemerals().add(path)) {
            ephemeralCount++;
        }
        return true;
    }

    public void removeEphemeral(long id, String path) {
        Session session = sessions.get(id);
        if (session == null) {
            Set<String> paths = unowned.get(id);
            if (paths != null && paths.remove(path) && paths.isEmpty()) {
                unowned.remove(id);
            }
        } else if (session.ephemerals().remove(path)) {
            ephemeralCount--;
        }
    }

    /** Paths that a session owns, or that have it as their owner though it is not there. */
    public Set<String> ephemerals(long id) {
        Session session = sessions.get(id);
        return session == null ? unowned.getOrDefault(id, new LinkedHashSet<>()) : session.ephemerals();
    }

    /** Sessions that own nodes and are not there, by ascending id. */
    public List<Long> missing() {
        List<Long> ids = new ArrayList<>(unowned.keySet());
        ids.sort(Comparator.naturalOrder());
        return ids;
    }

    /** Visits all sessions by ascending id. */
    public void forEach(Consumer<Session> visitor) {
        List<Session> all = new ArrayList<>(sessions.values());
        all.sort(Comparator.comparingLong(Session::id));
        all.forEach(visitor);
    }

    public void clear() {
        sessions.clear();
        unowned.clear();
        ephemeralCount = 0;
    }
}
