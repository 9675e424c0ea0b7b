package io.quorate.groups.layout;

import io.quorate.groups.assignor.LegacyStrategy;
import io.quorate.groups.assignor.TopicPartition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import kafka.common.TopicAndPartition;
import kafka.consumer.AssignmentContext;
import kafka.consumer.ConsumerThreadId;
import kafka.consumer.PartitionAssignor;
import kafka.consumer.RangeAssignor;
import kafka.consumer.RoundRobinAssignor;
import kafka.utils.ZkUtils;
import org.apache.zookeeper.data.Stat;
import scala.Option;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** The assignors of Kafka 0.10.2.2, which read a tree that is only a map here. */
final class OldKafka extends ZkUtils {
    private static final String GROUP = "g";

    private final SortedMap<String, String> nodes = new TreeMap<>();

    private OldKafka() {
        super(null, null, false);
    }

    static Map<TopicPartition, String> assign(
            LegacyStrategy strategy, Map<String, Registration> members, Map<String, Integer> topics) {
        OldKafka tree = new OldKafka();
        GroupPaths paths = new GroupPaths(GROUP);
        members.forEach((id, body) -> tree.put(paths.id(id), new String(body.bytes(), StandardCharsets.UTF_8)));
        topics.forEach((topic, count) -> tree.put(GroupPaths.topic(topic), body(count)));
        PartitionAssignor assignor =
                switch (strategy) {
                    case RANGE -> new RangeAssignor();
                    case ROUNDROBIN -> new RoundRobinAssignor();
                };
        Map<TopicPartition, String> owners = new HashMap<>();
        for (String each : members.keySet()) {
            // Each computes all, and uses only what is its own; of topics that it does not want it may know nothing.
            AssignmentContext context = new AssignmentContext(GROUP, each, true, tree);
            owners.putAll(owners(assignor.assign(context).get(each)));
        }
        return owners;
    }

    private static String body(int partitions) {
        StringBuilder text = new StringBuilder("{\"version\":1,\"partitions\":{");
        for (int p = 0; p < partitions; p++) {
            text.append(p == 0 ? "" : ",").append('"').append(p).append("\":[1]");
        }
        return text.append("}}").toString();
    }

    private static Map<TopicPartition, String> owners(
            scala.collection.mutable.Map<TopicAndPartition, ConsumerThreadId> share) {
        Map<TopicPartition, String> owners = new HashMap<>();
        JavaConverters.mapAsJavaMapConverter(share)
                .asJava()
                .forEach((tp, thread) -> owners.put(new TopicPartition(tp.topic(), tp.partition()), thread.toString()));
        return owners;
    }

    private void put(String path, String body) {
        nodes.put(path, body);
    }

    @Override
    public Seq<String> getChildren(String path) {
        List<String> names = nodes.keySet().stream()
                .filter(each -> each.startsWith(path + "/"))
                .map(each -> each.substring(path.length() + 1))
                .toList();
        return JavaConverters.asScalaBufferConverter(names).asScala();
    }

    @Override
    public Seq<String> getChildrenParentMayNotExist(String path) {
        return getChildren(path);
    }

    @Override
    public Tuple2<String, Stat> readData(String path) {
        return new Tuple2<>(nodes.get(path), new Stat());
    }

    @Override
    public Tuple2<Option<String>, Stat> readDataMaybeNull(String path) {
        return new Tuple2<>(Option.apply(nodes.get(path)), new Stat());
    }
}
