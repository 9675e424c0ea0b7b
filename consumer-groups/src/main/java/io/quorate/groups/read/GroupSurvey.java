package io.quorate.groups.read;

import io.quorate.groups.assignor.TopicPartition;
import io.quorate.groups.layout.Generation;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.groups.layout.OffsetBody;
import io.quorate.groups.layout.Registration;
import io.quorate.groups.layout.Target;
import io.quorate.groups.layout.TopicBody;
import io.quorate.wire.client.OpResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One look at one group; what is read here is put together into {@link GroupFacts}. Used once, by one thread. */
final class GroupSurvey {
    private final GroupPaths paths;
    private final BatchedReads reads;
    private final LogEndOffsets logEnds;

    private GroupMode mode = GroupMode.COMPAT;
    private Generation generation = Generation.NONE;
    private final SortedMap<String, OpResult> ids = new TreeMap<>();
    private final Map<String, Registration> registrations = new HashMap<>();
    private final SortedSet<TopicPartition> partitions = new TreeSet<>();
    private final Set<TopicPartition> wanted = new HashSet<>();
    /** What is wanted, and what expressions match of Kafka's own topics: whether that counts is the leader's secret. */
    private final Set<TopicPartition> allowed = new HashSet<>();

    private final Map<TopicPartition, String> owners = new HashMap<>();
    private final Map<TopicPartition, OpResult> offsets = new HashMap<>();
    private final Map<TopicPartition, String> targets = new HashMap<>();
    private final Set<String> withTarget = new HashSet<>();

    GroupSurvey(GroupPaths paths, BatchedReads reads, LogEndOffsets logEnds) {
        this.paths = paths;
        this.reads = reads;
        this.logEnds = logEnds;
    }

    Optional<GroupFacts> facts() {
        if (reads.data(List.of(paths.root())).isEmpty()) {
            return Optional.empty();
        }
        readDecisions();
        readMembers();
        readTopics();
        readOwnersAndOffsets();
        List<PartitionFacts> found = partitions.stream().map(this::partition).toList();
        List<MemberFacts> members = ids.keySet().stream().map(this::member).toList();
        return Optional.of(new GroupFacts(paths.group(), mode, state(), generation, members, found, reads.zxid()));
    }

    private void readDecisions() {
        Map<String, OpResult> bodies = reads.data(List.of(paths.quorate(), paths.generation()));
        mode = body(bodies, paths.quorate()).flatMap(GroupMode::read).orElse(GroupMode.COMPAT);
        generation = body(bodies, paths.generation()).flatMap(Generation::read).orElse(Generation.NONE);
        if (mode == GroupMode.NATIVE) {
            List<String> keys = reads.children(paths.targets());
            for (OpResult each : reads.data(paths(keys, paths::target)).values()) {
                Target.read(each.data()).ifPresent(target -> {
                    withTarget.add(target.member());
                    target.assign().forEach(partition -> targets.put(partition, target.member()));
                });
            }
        }
        partitions.addAll(targets.keySet());
    }

    private void readMembers() {
        List<String> names = reads.children(paths.ids());
        reads.data(paths(names, paths::id)).forEach((path, result) -> {
            String id = GroupPaths.lastName(path);
            ids.put(id, result);
            Registration.read(result.data()).ifPresent(body -> registrations.put(id, body));
        });
    }

    private void readTopics() {
        List<String> existing = reads.children(GroupPaths.TOPICS);
        Set<String> subscribed = new TreeSet<>();
        Set<String> matched = new TreeSet<>();
        for (Registration each : registrations.values()) {
            subscribed.addAll(each.subscription().expand(existing, true).keySet());
            matched.addAll(each.subscription().expand(existing, false).keySet());
        }
        // A foreign body may name what cannot be a topic, and no node either.
        matched.removeIf(topic -> !GroupPaths.isName(topic));
        reads.data(paths(matched, GroupPaths::topic)).forEach((path, result) -> {
            String topic = GroupPaths.lastName(path);
            TopicBody.read(result.data())
                    .ifPresent(body ->
                            body.replicas().keySet().forEach(number -> allowed.add(new TopicPartition(topic, number))));
        });
        allowed.stream().filter(each -> subscribed.contains(each.topic())).forEach(wanted::add);
        partitions.addAll(wanted);
    }

    private void readOwnersAndOffsets() {
        Set<TopicPartition> owned = below(paths.owners());
        Set<TopicPartition> stored = below(paths.offsets());
        partitions.addAll(owned);
        partitions.addAll(stored);
        Map<String, OpResult> ownerBodies = reads.data(paths(owned, paths::owner));
        Map<String, OpResult> offsetBodies = reads.data(paths(stored, paths::offset));
        for (TopicPartition each : partitions) {
            body(ownerBodies, paths.owner(each))
                    .ifPresent(bytes -> owners.put(each, new String(bytes, StandardCharsets.UTF_8)));
            if (offsetBodies.containsKey(paths.offset(each))) {
                offsets.put(each, offsetBodies.get(paths.offset(each)));
            }
        }
    }

    /** The partitions that have a node below {@code parent/topic}; other children are none of ours. */
    private Set<TopicPartition> below(String parent) {
        Set<TopicPartition> found = new TreeSet<>();
        List<String> topics = reads.children(parent);
        reads.children(paths(topics, topic -> parent + "/" + topic)).forEach((path, numbers) -> {
            for (String number : numbers) {
                partitionNumber(number)
                        .ifPresent(p -> found.add(new TopicPartition(GroupPaths.lastName(path), (int) p)));
            }
        });
        return found;
    }

    private static OptionalLong partitionNumber(String text) {
        return text.matches("[0-9]{1,9}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }

    private PartitionFacts partition(TopicPartition each) {
        OpResult offset = offsets.get(each);
        return new PartitionFacts(
                each,
                offset == null ? OptionalLong.empty() : OffsetBody.read(offset.data()),
                offset == null ? 0 : offset.stat().mtime(),
                offset == null ? -1 : offset.stat().version(),
                logEnds.of(each),
                owners.get(each),
                targets.get(each));
    }

    private MemberFacts member(String id) {
        Registration body = registrations.get(id);
        OpResult node = ids.get(id);
        return new MemberFacts(
                id,
                body == null ? null : body.subscription(),
                body != null && body.isQuorate(),
                body == null ? Registration.Origin.UNKNOWN : body.origin(),
                node.stat().ctime(),
                node.stat().ephemeralOwner(),
                partitions.stream()
                        .filter(each -> owners.containsKey(each)
                                && Registration.memberOf(owners.get(each)).equals(id))
                        .collect(Collectors.toCollection(TreeSet::new)),
                partitions.stream()
                        .filter(each -> id.equals(targets.get(each)))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private GroupState state() {
        if (ids.isEmpty()) {
            return GroupState.EMPTY;
        }
        boolean settled =
                mode == GroupMode.NATIVE ? isSettled() : owners.keySet().containsAll(wanted);
        return settled ? GroupState.STABLE : GroupState.PREPARING_REBALANCE;
    }

    /** The leader has decided about everybody who is there, and it is as it decided. */
    private boolean isSettled() {
        return withTarget.containsAll(registrations.keySet())
                && targets.keySet().containsAll(wanted)
                && allowed.containsAll(targets.keySet())
                && partitions.stream().noneMatch(this::isMisplaced);
    }

    private boolean isMisplaced(TopicPartition each) {
        return partition(each).isMisplaced();
    }

    private static Optional<byte[]> body(Map<String, OpResult> bodies, String path) {
        return Optional.ofNullable(bodies.get(path)).map(OpResult::data);
    }

    private static <T> List<String> paths(Collection<T> names, java.util.function.Function<T, String> path) {
        List<String> all = new ArrayList<>(names.size());
        names.forEach(name -> all.add(path.apply(name)));
        return all;
    }
}
