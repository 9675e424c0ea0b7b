package io.quorate.groups.layout;

import io.quorate.groups.assignor.TopicPartition;
import java.util.regex.Pattern;

/** Owns every path of one group (consumer-groups A1 and D2). Immutable. */
public final class GroupPaths {
    /** The parent of all groups. */
    public static final String CONSUMERS = "/consumers";

    /** The parent of all topics. */
    public static final String TOPICS = "/brokers/topics";

    /** The parent of all registered brokers. */
    public static final String BROKERS = "/brokers/ids";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

    private final String group;
    private final String root;

    /**
     * The paths of one group.
     *
     * @throws IllegalArgumentException if the name has other characters than letters, digits, dot, underscore and hyphen
     */
    public GroupPaths(String group) {
        if (!isName(group)) {
            throw new IllegalArgumentException("not the name of a group: " + group);
        }
        this.group = group;
        this.root = CONSUMERS + "/" + group;
    }

    /** Whether this may be the name of a group or of a client. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    /** Name of the group. */
    public String group() {
        return group;
    }

    /** The node of the group itself. */
    public String root() {
        return root;
    }

    /** The parent of the registrations. */
    public String ids() {
        return root + "/ids";
    }

    /** One member's registration. */
    public String id(String member) {
        return ids() + "/" + member;
    }

    /** The parent of the topics with owners. */
    public String owners() {
        return root + "/owners";
    }

    /** The parent of the owners of one topic's partitions. */
    public String owners(String topic) {
        return owners() + "/" + topic;
    }

    /** Who owns a partition. */
    public String owner(TopicPartition partition) {
        return owners(partition.topic()) + "/" + partition.partition();
    }

    /** The parent of the topics with offsets. */
    public String offsets() {
        return root + "/offsets";
    }

    /** The parent of the offsets of one topic's partitions. */
    public String offsets(String topic) {
        return offsets() + "/" + topic;
    }

    /** How far a partition is processed. */
    public String offset(TopicPartition partition) {
        return offsets(partition.topic()) + "/" + partition.partition();
    }

    /** What only members of this library know; its body is the mode. */
    public String quorate() {
        return root + "/quorate";
    }

    /** The parent of the candidates. */
    public String election() {
        return quorate() + "/election";
    }

    /** What the sequence number of a candidate is appended to. */
    public String candidate() {
        return election() + "/m-";
    }

    /** Counts leaders; its version fences them. */
    public String leaderEpoch() {
        return quorate() + "/leader_epoch";
    }

    /** What the leader last decided. */
    public String generation() {
        return quorate() + "/generation";
    }

    /** The parent of the targets. */
    public String targets() {
        return quorate() + "/target";
    }

    /** What one member should own; the key is its instance id if it has one, else its member id. */
    public String target(String key) {
        return targets() + "/" + key;
    }

    /** The parent of the marks of topics that are gone. */
    public String goneTopics() {
        return quorate() + "/gone";
    }

    /** Since when a topic is gone of which the group still keeps something. */
    public String goneTopic(String topic) {
        return goneTopics() + "/" + topic;
    }

    /** The node of a topic. */
    public static String topic(String topic) {
        return TOPICS + "/" + topic;
    }

    /** The node of a broker. */
    public static String broker(String id) {
        return BROKERS + "/" + id;
    }

    /** The last name of a path. */
    public static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
