package io.quorate.sim.check;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.WatchedEvent;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A watch fires once, for the first change after it was set, and before any answer that shows the change. Those of a
 * connection are gone with it; a client that comes back sets them again with the last zxid it saw.
 */
final class WatchesFire implements Invariant {

    /** What is watched: data and existence of a node are one, as a change fires both alike. */
    private record Watched(boolean children, String path) implements Comparable<Watched> {
        @Override
        public int compareTo(Watched other) {
            int order = Boolean.compare(children, other.children);
            return order != 0 ? order : path.compareTo(other.path);
        }
    }

    private final Model model;

    /** For each connection, what it watches and since which zxid. */
    private final Map<Long, Map<Watched, Long>> watches = new HashMap<>();

    /** Connections whose client has asked to set its watches again, and was not answered yet. */
    private final Map<Long, Set<Watched>> returning = new HashMap<>();

    WatchesFire(Model model) {
        this.model = model;
    }

    private Map<Watched, Long> of(long connection) {
        return watches.computeIfAbsent(connection, any -> new TreeMap<>());
    }

    @Override
    public void disconnected(int client, long connection) {
        watches.remove(connection);
        returning.remove(connection);
    }

    @Override
    public void called(Call call) {
        if (call.request() instanceof SetWatchesRequest again) {
            Map<Watched, Long> set = of(call.connection());
            add(set, false, again.dataWatches(), again.relativeZxid());
            add(set, false, again.existWatches(), again.relativeZxid());
            add(set, true, again.childWatches(), again.relativeZxid());
            returning.put(call.connection(), Set.copyOf(set.keySet()));
        }
    }

    private static void add(Map<Watched, Long> set, boolean children, List<String> paths, long zxid) {
        paths.forEach(path -> set.put(new Watched(children, path), zxid));
    }

    @Override
    public void answered(Call call, Answer answer, Set<Long> durableAt) {
        if (call.request() instanceof SetWatchesRequest again && answer.err() == 0) {
            returned(call, again, answer.zxid());
        }
        if (answer.zxid() > 0) {
            requireFired(call, answer.zxid());
        }
        watch(call, answer);
    }

    private void watch(Call call, Answer answer) {
        boolean found = answer.err() == 0;
        if (call.request() instanceof GetDataRequest read && read.watch() && found) {
            of(call.connection()).putIfAbsent(new Watched(false, read.path()), answer.zxid());
        } else if (call.request() instanceof ExistsRequest read && read.watch()) {
            if (found || answer.err() == ErrorCode.NO_NODE.code()) {
                of(call.connection()).putIfAbsent(new Watched(false, read.path()), answer.zxid());
            }
        } else if (call.request() instanceof GetChildrenRequest read && read.watch() && found) {
            of(call.connection()).putIfAbsent(new Watched(true, read.path()), answer.zxid());
        }
    }

    /** What is still set is as the client knew it: the rest has fired (client protocol 8.14). */
    private void returned(Call call, SetWatchesRequest again, long zxid) {
        returning.remove(call.connection());
        for (Map.Entry<Watched, Long> each : of(call.connection()).entrySet()) {
            Watched watched = each.getKey();
            Model.Node node = model.at(watched.path(), zxid);
            boolean missed;
            if (watched.children()) {
                missed = !node.there() || node.pzxid() > again.relativeZxid();
            } else if (again.existWatches().contains(watched.path())) {
                missed = node.there();
            } else {
                missed = !node.there() || node.mzxid() > again.relativeZxid();
            }
            if (missed && each.getValue() <= again.relativeZxid()) {
                throw new Violation("%s: was not told what it missed of %s".formatted(call, watched));
            }
            each.setValue(zxid);
        }
    }

    private void requireFired(Call call, long zxid) {
        Set<Watched> exempt = returning.getOrDefault(call.connection(), Set.of());
        for (Map.Entry<Watched, Long> each : of(call.connection()).entrySet()) {
            Watched watched = each.getKey();
            if (exempt.contains(watched)) {
                continue;
            }
            for (Model.Change change : model.changes(watched.path())) {
                if (change.zxid() > each.getValue() && change.zxid() <= zxid && concerns(watched, change.type())) {
                    throw new Violation("%s was answered with %s before its watch fired for %s of %s at %s"
                            .formatted(
                                    call,
                                    Violation.zxid(zxid),
                                    change.type(),
                                    watched.path(),
                                    Violation.zxid(change.zxid())));
                }
            }
        }
    }

    private static boolean concerns(Watched watched, EventType type) {
        return type == EventType.NODE_DELETED || watched.children() == (type == EventType.NODE_CHILDREN_CHANGED);
    }

    /** While watches are set again, a deletion is told once for each kind of watch. */
    private boolean isReturning(long connection, String path) {
        return returning.getOrDefault(connection, Set.of()).stream()
                .anyMatch(watched -> watched.path().equals(path));
    }

    @Override
    public void notified(int client, long connection, long zxid, WatchedEvent event) {
        Map<Watched, Long> set = of(connection);
        boolean known = false;
        Iterator<Map.Entry<Watched, Long>> all = set.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<Watched, Long> each = all.next();
            if (each.getKey().path().equals(event.path()) && concerns(each.getKey(), event.type())) {
                known = true;
                all.remove();
            }
        }
        boolean again = zxid <= 0 && isReturning(connection, event.path());
        if (!known && !again) {
            throw new Violation("client %d is told of %s at %s, which it does not watch"
                    .formatted(client, event, Violation.zxid(zxid)));
        }
        boolean happened = zxid <= 0
                || model.changes(event.path()).stream()
                        .anyMatch(change -> change.zxid() == zxid && change.type() == event.type());
        if (!happened) {
            throw new Violation("client %d is told of %s at %s, which did not happen"
                    .formatted(client, event, Violation.zxid(zxid)));
        }
    }
}
