package io.quorate.groups.rebalance;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.TopicBody;
import io.quorate.wire.client.OpResult;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads who is in the group and what topics they want. Watches the topics it has met; bodies of members of this library never
 * change and are read once.
 */
final class Survey {
    /**
     * What was found.
     *
     * @param members id to what it registered
     * @param topics those that somebody wants, and that exist
     */
    record Found(SortedMap<String, Node> members, SortedMap<String, TopicBody> topics) {
        /** Whether there is an old consumer; a body that nobody can read is not one's. */
        boolean hasOld() {
            return members.values().stream().anyMatch(each -> each.body().isPresent() && !each.isOurs());
        }

        /** Whether all are of this library; bodies nobody can read are not. */
        boolean isAllOurs() {
            return members.values().stream().allMatch(Node::isOurs);
        }
    }

    /**
     * A member's registration.
     *
     * @param body empty if it cannot be read
     * @param czxid of its creation
     */
    record Node(Optional<Registration> body, long czxid) {
        boolean isOurs() {
            return body.isPresent() && body.get().isQuorate();
        }
    }

    private final Context context;
    private final Map<String, Node> cache = new HashMap<>();
    private final Set<String> watched = new HashSet<>();

    Survey(Context context) {
        this.context = context;
    }

    /** Looks; {@code then} gets nothing if the connection was lost on the way. */
    void read(Consumer<Optional<Found>> then) {
        List<TreeRead> lists = List.of(TreeRead.children(context.paths.ids()), TreeRead.children(GroupPaths.TOPICS));
        context.requests.read(lists, answer -> {
            if (answer.isOk()) {
                readBodies(
                        children(answer.results().get(0)),
                        children(answer.results().get(1)),
                        then);
            } else {
                then.accept(Optional.empty());
            }
        });
    }

    private static Set<String> children(OpResult result) {
        return result.isOk() ? new TreeSet<>(result.children()) : new TreeSet<>();
    }

    private void readBodies(Set<String> ids, Set<String> topics, Consumer<Optional<Found>> then) {
        cache.keySet().retainAll(ids);
        List<String> unknown = ids.stream().filter(id -> !cache.containsKey(id)).toList();
        List<TreeRead> reads =
                unknown.stream().map(id -> TreeRead.data(context.paths.id(id))).toList();
        context.requests.read(reads, answer -> {
            if (!answer.isOk()) {
                then.accept(Optional.empty());
                return;
            }
            SortedMap<String, Node> members = new TreeMap<>(cache);
            for (int i = 0; i < unknown.size(); i++) {
                add(members, unknown.get(i), answer.results().get(i));
            }
            readTopics(members, topics, then);
        });
    }

    private void add(SortedMap<String, Node> members, String id, OpResult result) {
        if (!result.isOk()) {
            // Gone since the list was read; that is told by a watch.
            return;
        }
        Node node = new Node(Registration.read(result.data()), result.stat().czxid());
        members.put(id, node);
        if (node.isOurs()) {
            cache.put(id, node);
        }
    }

    private void readTopics(SortedMap<String, Node> members, Set<String> existing, Consumer<Optional<Found>> then) {
        Set<String> wanted = new TreeSet<>();
        boolean excludeInternal = context.config.policy().excludeInternalTopics();
        for (Node each : members.values()) {
            each.body()
                    .ifPresent(body -> wanted.addAll(body.subscription()
                            .expand(existing, excludeInternal)
                            .keySet()));
        }
        watch(GroupPaths.TOPICS);
        wanted.forEach(topic -> watch(GroupPaths.topic(topic)));
        List<String> order = List.copyOf(wanted);
        List<TreeRead> reads = order.stream()
                .map(topic -> TreeRead.data(GroupPaths.topic(topic)))
                .toList();
        context.requests.read(reads, answer -> {
            if (!answer.isOk()) {
                then.accept(Optional.empty());
                return;
            }
            SortedMap<String, TopicBody> topics = new TreeMap<>();
            for (int i = 0; i < order.size(); i++) {
                String topic = order.get(i);
                OpResult result = answer.results().get(i);
                if (result.isOk()) {
                    TopicBody.read(result.data()).ifPresent(body -> topics.put(topic, body));
                }
            }
            then.accept(Optional.of(new Found(members, topics)));
        });
    }

    private void watch(String path) {
        if (watched.add(path)) {
            context.requests.watch(path, false, answer -> {
                if (!answer.isOk()) {
                    watched.remove(path);
                }
            });
        }
    }

    /** A new session has no watches. */
    void forgetAll() {
        cache.clear();
        watched.clear();
    }
}
