package io.quorate.registry.layout;

import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicPartition;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Every path in one place (registry spec 1). All are below the client's chroot. */
public final class RegistryPaths {
    public static final String BROKERS = "/brokers";
    public static final String BROKER_IDS = "/brokers/ids";
    public static final String BROKER_SEQUENCE = "/brokers/seqid";
    public static final String TOPICS = "/brokers/topics";
    public static final String CONTROLLER = "/controller";
    public static final String CONTROLLER_EPOCH = "/controller_epoch";
    public static final String ADMIN = "/admin";
    public static final String DELETE_TOPICS = "/admin/delete_topics";
    public static final String REASSIGN_PARTITIONS = "/admin/reassign_partitions";
    public static final String PREFERRED_ELECTION = "/admin/preferred_replica_election";
    public static final String CONFIG = "/config";
    public static final String CONFIG_CHANGES = "/config/changes";
    public static final String ISR_CHANGES = "/isr_change_notification";
    public static final String LOG_DIR_EVENTS = "/log_dir_event_notification";
    public static final String CLUSTER_ID = "/cluster/id";
    public static final String FEATURE = "/feature";
    public static final String PRODUCER_IDS = "/latest_producer_id_block";
    public static final String MIGRATION = "/migration";
    public static final String CONSUMERS = "/consumers";

    /** Where our own candidates for controller stand in line; no other broker looks there (registry spec 13.4). */
    public static final String CANDIDATES = "/quorate/controller";

    /** What the name of a change of configuration begins with; ten digits follow. */
    public static final String CONFIG_CHANGE_PREFIX = "config_change_";

    /** What the name of a notice about changed in-sync replicas begins with; ten digits follow. */
    public static final String ISR_CHANGE_PREFIX = "isr_change_";

    /** What the name of a notice about a failed disk begins with; ten digits follow. */
    public static final String LOG_DIR_EVENT_PREFIX = "log_dir_event_";

    /** What the name of a candidate begins with; ten digits follow. */
    public static final String CANDIDATE_PREFIX = "candidate-";

    /** What a broker creates when it starts, if it is not there, parents first; all empty. */
    public static final List<String> STRUCTURE = List.of(
            CONSUMERS,
            BROKERS,
            BROKER_IDS,
            TOPICS,
            CONFIG,
            CONFIG_CHANGES,
            ADMIN,
            DELETE_TOPICS,
            BROKER_SEQUENCE,
            ISR_CHANGES,
            PRODUCER_IDS,
            LOG_DIR_EVENTS,
            CONFIG + "/topics",
            CONFIG + "/clients",
            CONFIG + "/users",
            CONFIG + "/brokers",
            CONFIG + "/ips");

    private static final String PARTITIONS = "/partitions";
    private static final String STATE = "/state";

    private RegistryPaths() {}

    public static String broker(int id) {
        return BROKER_IDS + "/" + id;
    }

    public static String topic(String name) {
        return TOPICS + "/" + name;
    }

    public static String partitions(String topic) {
        return topic(topic) + PARTITIONS;
    }

    public static String partition(TopicPartition partition) {
        return partitions(partition.topic()) + "/" + partition.partition();
    }

    public static String state(TopicPartition partition) {
        return partition(partition) + STATE;
    }

    public static String deletion(String topic) {
        return DELETE_TOPICS + "/" + topic;
    }

    /** The node that holds a configuration. */
    public static String config(ConfigEntity entity) {
        return CONFIG + "/" + entityPath(entity);
    }

    /** How an entity is called in announcements: its node without {@code /config/} (registry spec 1.6). */
    public static String entityPath(ConfigEntity entity) {
        String path = entity.type().node() + "/" + encoded(entity.type(), entity.name());
        return entity.client() == null ? path : path + "/clients/" + encoded(entity.type(), entity.client());
    }

    /**
     * The entity of an announcement; null if it is none that we know.
     *
     * @throws MalformedBodyException if a name is not encoded as names are
     */
    public static ConfigEntity entity(String entityPath) {
        String[] parts = entityPath.split("/", -1);
        for (ConfigEntity.Type type : ConfigEntity.Type.values()) {
            if (!parts[0].equals(type.node())) {
                continue;
            }
            if (parts.length == 2) {
                return new ConfigEntity(type, decoded(type, parts[1]), null);
            }
            if (parts.length == 4 && type == ConfigEntity.Type.USER && parts[2].equals("clients")) {
                return new ConfigEntity(type, decoded(type, parts[1]), decoded(type, parts[3]));
            }
        }
        return null;
    }

    /** The number of a broker's node; -1 if the path is that of no broker. */
    public static int brokerOf(String path) {
        return path.startsWith(BROKER_IDS + "/") ? number(path.substring(BROKER_IDS.length() + 1)) : -1;
    }

    /** The topic of a topic's own node; null for any other path. */
    public static String topicOf(String path) {
        if (!path.startsWith(TOPICS + "/")) {
            return null;
        }
        String name = path.substring(TOPICS.length() + 1);
        return name.isEmpty() || name.indexOf('/') >= 0 ? null : name;
    }

    /** The partition of a state node; null for any other path. */
    public static TopicPartition partitionOf(String path) {
        int end = path.length() - STATE.length();
        // A topic may be called "state": the slash before its name is not that of a state.
        if (end <= TOPICS.length() || !path.startsWith(TOPICS + "/") || !path.endsWith(STATE)) {
            return null;
        }
        String middle = path.substring(TOPICS.length() + 1, end);
        int cut = middle.indexOf(PARTITIONS + "/");
        int partition = cut <= 0 ? -1 : number(middle.substring(cut + PARTITIONS.length() + 1));
        return partition < 0 ? null : new TopicPartition(middle.substring(0, cut), partition);
    }

    /** The sequence number at the end of a node's name; may be negative, for it is a 32-bit counter (registry spec 1.7). */
    public static int sequence(String name, String prefix) {
        return (int) Long.parseLong(name.substring(prefix.length()));
    }

    /** Whether a node's name is this prefix and a sequence number: anybody may create others beside it. */
    public static boolean isSequential(String name, String prefix) {
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("-?[0-9]{1,10}");
    }

    /** The last part of a path. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The parent of a node that is not the root. */
    public static String parent(String path) {
        int cut = path.lastIndexOf('/');
        return cut == 0 ? "/" : path.substring(0, cut);
    }

    private static int number(String text) {
        boolean isNumber = !text.isEmpty() && text.length() < 10;
        for (int i = 0; isNumber && i < text.length(); i++) {
            isNumber = text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return isNumber ? Integer.parseInt(text) : -1;
    }

    /** Names that people choose are encoded, except for the default and for names that are safe already. */
    private static String encoded(ConfigEntity.Type type, String name) {
        if (!isEncoded(type) || name.equals(ConfigEntity.DEFAULT)) {
            return name;
        }
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private static String decoded(ConfigEntity.Type type, String name) {
        if (!isEncoded(type) || name.equals(ConfigEntity.DEFAULT)) {
            return name;
        }
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new MalformedBodyException("not an encoded name: " + name, e);
        }
    }

    private static boolean isEncoded(ConfigEntity.Type type) {
        return switch (type) {
            case USER, CLIENT -> true;
            case TOPIC, BROKER, IP -> false;
        };
    }
}
