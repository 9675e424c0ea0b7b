package io.quorate.registry.model;

/**
 * Something that has a configuration of its own (registry spec 1.6).
 *
 * @param type which kind
 * @param name of the topic, broker, user, client or address; {@link #DEFAULT} for what holds for all of the kind
 * @param client for a user's client: its name, or {@link #DEFAULT}; else null
 */
public record ConfigEntity(Type type, String name, String client) {
    /** What stands for all of a kind. */
    public static final String DEFAULT = "<default>";

    /** The kinds, with the names of their nodes. */
    public enum Type {
        TOPIC("topics"),
        CLIENT("clients"),
        USER("users"),
        BROKER("brokers"),
        IP("ips");

        private final String node;

        Type(String node) {
            this.node = node;
        }

        /** The name of the node below {@code /config}. */
        public String node() {
            return node;
        }
    }

    public ConfigEntity {
        if (client != null && type != Type.USER) {
            throw new IllegalArgumentException("only users have clients of their own, not " + type);
        }
    }

    public static ConfigEntity topic(String name) {
        return new ConfigEntity(Type.TOPIC, name, null);
    }

    public static ConfigEntity broker(int id) {
        return new ConfigEntity(Type.BROKER, Integer.toString(id), null);
    }

    /** What holds for all brokers that do not say otherwise. */
    public static ConfigEntity allBrokers() {
        return new ConfigEntity(Type.BROKER, DEFAULT, null);
    }

    public static ConfigEntity client(String name) {
        return new ConfigEntity(Type.CLIENT, name, null);
    }

    public static ConfigEntity user(String name) {
        return new ConfigEntity(Type.USER, name, null);
    }

    public static ConfigEntity userClient(String user, String client) {
        return new ConfigEntity(Type.USER, user, client);
    }

    public static ConfigEntity ip(String address) {
        return new ConfigEntity(Type.IP, address, null);
    }

    @Override
    public String toString() {
        return type.node() + "/" + name + (client == null ? "" : "/clients/" + client);
    }
}
