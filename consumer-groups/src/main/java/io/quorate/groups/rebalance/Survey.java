package io.quorate.groups.rebalance;

import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Subscription;
import io.quorate.groups.layout.SubscriptionPattern;
import io.quorate.groups.layout.TopicBody;
import io.quorate.wire.client.OpResult;
import java.util.EnumSet;
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
 * Reads who is in the group and what topics they want, and watches both for as long as somebody needs to know. A body is read
 * once: what befalls it afterwards is told by the watch (consumer-groups D5.5).
 */
final class Survey {
    /** Who needs to know. */
    enum User {
        /** Decides for the group. */
        LEADER,
        /** Computes its own share, in compat mode. */
        MEMBER
    }

    /**
     * What was found.
     *
     * @param members id to what it registered
     * @param topics those that somebody wants, that exist, and that may be read
     * @param closedTopics those that somebody wants and that may not be read
     */
    record Found(SortedMap<String, Node> members, SortedMap<String, TopicBody> topics, Set<String> closedTopics) {
        /** Whether it is registered, and nobody may read as what. */
        boolean isClosed(String member) {
            return Node.CLOSED.equals(members.get(member));
        }

        boolean isAnyMemberClosed() {
            return members.containsValue(Node.CLOSED);
        }

        /** Whether there is something to look at again though no watch will tell that it may be read. */
        boolean isAnythingClosed() {
            return isAnyMemberClosed() || !closedTopics.isEmpty();
        }

        /** Whether there is an old consumer; a body that nobody can read is not one's. */
        boolean hasOld() {
            return members.values().stream().anyMatch(each -> each.body().isPresent() && !each.isOurs());
        }

        /** Whether all are of this library; bodies nobody can read are not. */
        boolean isAllOurs() {
            return members.values().stream().allMatch(Node::isOurs);
        }

        /** Whether nobody can compute with these: with one body that cannot be read. */
        boolean isUnreadable() {
            return members.values().stream().anyMatch(each -> each.body().isEmpty());
        }
    }

    /**
     * A member's registration.
     *
     * @param body empty if it cannot be read
     * @param czxid of its creation
     */
    record Node(Optional<Registration> body, long czxid) {
        /** One that may not be read. */
        static final Node CLOSED = new Node(Optional.empty(), -1);

        boolean isOurs() {
            return body.isPresent() && body.get().isQuorate();
        }

        /** Whether it can have a target: a foreign body may name an instance that no node can be named after. */
        boolean canHaveTarget() {
            String instance = isOurs() ? body.get().origin().instance() : null;
            return isOurs() && (instance == null || GroupPaths.isName(instance));
        }

        /** Whether topics are wanted by expression, so that all their names matter. */
        boolean hasPattern() {
            return body.isPresent() && body.get().subscription().pattern() != SubscriptionPattern.STATIC;
        }
    }

    private final Context context;
    private final Watches watches;
    private final Map<String, Node> cache = new HashMap<>();
    private final Set<User> users = EnumSet.noneOf(User.class);
    private Set<String> topicPaths = Set.of();
    /** How often something was told of registrations: what is read while it is may be older than that. */
    private int changes;

    Survey(Context context) {
        this.context = context;
        this.watches = new Watches(context);
    }

    /** Asks to be told of members, before anything is read. */
    void watchMembers(User user) {
        users.add(user);
        watch(topicPaths);
    }

    /** Whether the server tells of members, as far as is known. */
    boolean isWatchingMembers() {
        return watches.isSet(context.paths.ids());
    }

    /** This one needs to know no more. */
    void release(User user) {
        users.remove(user);
        if (users.isEmpty()) {
            watches.want(Set.of());
            topicPaths = Set.of();
            cache.clear();
        }
    }

    private void watch(Set<String> topics) {
        topicPaths = topics;
        Set<String> paths = new TreeSet<>(topics);
        paths.add(context.paths.ids());
        watches.want(paths);
    }

    /** Something has happened to a node that is watched. */
    void onChange(String path) {
        if (path.startsWith(context.paths.ids() + "/")) {
            changes++;
            cache.remove(GroupPaths.lastName(path));
        }
    }

    /** What has happened meanwhile was not told; only members of this library never use an id again. */
    void onReconnected() {
        changes++;
        cache.values().removeIf(node -> !node.isOurs());
    }

    /** A new session has no watches. */
    void forgetAll() {
        changes++;
        cache.clear();
        watches.forgetAll();
        users.clear();
        topicPaths = Set.of();
    }

    /**
     * Looks; {@code failed} gets the reason if that was not possible: a list that may not be read is not taken for an empty one.
     */
    void read(User user, Consumer<Found> then, Consumer<Answer> failed) {
        watchMembers(user);
        readNames(context.paths.ids(), ids -> readBodies(ids, then, failed), failed);
    }

    private void readNames(String parent, Consumer<Set<String>> then, Consumer<Answer> failed) {
        context.requests.read(List.of(TreeRead.children(parent)), answer -> {
            Answer whole = answer.whole();
            if (whole.isOk()) {
                OpResult list = answer.results().get(0);
                then.accept(list.isOk() ? new TreeSet<>(list.children()) : new TreeSet<>());
            } else {
                failed.accept(whole);
            }
        });
    }

    private void readBodies(Set<String> ids, Consumer<Found> then, Consumer<Answer> failed) {
        cache.keySet().retainAll(ids);
        SortedMap<String, Node> members = new TreeMap<>(cache);
        List<String> unknown = ids.stream().filter(id -> !cache.containsKey(id)).toList();
        List<TreeRead> reads =
                unknown.stream().map(id -> TreeRead.data(context.paths.id(id))).toList();
        int before = changes;
        context.requests.read(reads, answer -> {
            if (!answer.isOk()) {
                failed.accept(answer);
                return;
            }
            for (int i = 0; i < unknown.size(); i++) {
                add(members, unknown.get(i), answer.results().get(i), before);
            }
            readTopicNames(members, then, failed);
        });
    }

    private void add(SortedMap<String, Node> members, String id, OpResult result, int before) {
        Optional<Answer> refusal = Answer.refusal(result);
        if (refusal.isPresent()) {
            // It is there, and nobody knows what it says; no watch tells when it may be read again.
            context.complain("the registration of " + id, refusal.get());
            members.put(id, Node.CLOSED);
            return;
        }
        if (!result.isOk()) {
            // Gone since the list was read; that is told by a watch.
            return;
        }
        Node node = new Node(Registration.read(result.data()), result.stat().czxid());
        members.put(id, node);
        if (node.isOurs() || (before == changes && isWatchingMembers())) {
            cache.put(id, node);
        }
    }

    private void readTopicNames(SortedMap<String, Node> members, Consumer<Found> then, Consumer<Answer> failed) {
        if (members.values().stream().noneMatch(Node::hasPattern)) {
            readTopics(members, Set.of(), Set.of(), then, failed);
            return;
        }
        if (!users.isEmpty()) {
            Set<String> paths = new TreeSet<>(topicPaths);
            paths.add(GroupPaths.TOPICS);
            watch(paths);
        }
        readNames(
                GroupPaths.TOPICS,
                existing -> readTopics(members, existing, Set.of(GroupPaths.TOPICS), then, failed),
                failed);
    }

    private void readTopics(
            SortedMap<String, Node> members,
            Set<String> existing,
            Set<String> alsoWatched,
            Consumer<Found> then,
            Consumer<Answer> failed) {
        List<String> order = List.copyOf(wanted(members, existing));
        Set<String> paths = new TreeSet<>(alsoWatched);
        order.forEach(topic -> paths.add(GroupPaths.topic(topic)));
        if (!users.isEmpty()) {
            watch(paths);
        }
        List<TreeRead> reads = order.stream()
                .map(topic -> TreeRead.data(GroupPaths.topic(topic)))
                .toList();
        context.requests.read(reads, answer -> {
            if (!answer.isOk()) {
                failed.accept(answer);
                return;
            }
            SortedMap<String, TopicBody> topics = new TreeMap<>();
            Set<String> closed = new TreeSet<>();
            for (int i = 0; i < order.size(); i++) {
                OpResult result = answer.results().get(i);
                String topic = order.get(i);
                Answer.refusal(result).ifPresent(refusal -> {
                    context.complain("the topic " + topic, refusal);
                    closed.add(topic);
                });
                if (result.isOk()) {
                    TopicBody.read(result.data()).ifPresent(body -> topics.put(topic, body));
                }
            }
            then.accept(new Found(members, topics, closed));
        });
    }

    /** A foreign body may name what cannot be a topic, and no node either. */
    private Set<String> wanted(SortedMap<String, Node> members, Set<String> existing) {
        Set<String> wanted = new TreeSet<>();
        boolean excludeInternal = context.config.policy().excludeInternalTopics();
        Set<Subscription> subscriptions = new HashSet<>();
        members.values().forEach(each -> each.body().ifPresent(body -> subscriptions.add(body.subscription())));
        subscriptions.forEach(
                each -> wanted.addAll(each.expand(existing, excludeInternal).keySet()));
        wanted.removeIf(topic -> !GroupPaths.isName(topic));
        return wanted;
    }
}
