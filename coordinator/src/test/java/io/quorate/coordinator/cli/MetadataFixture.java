package io.quorate.coordinator.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.proto.Acl;
import java.time.Duration;
import java.util.List;

/**
 * A small cluster as real brokers and old consumers would have written it, byte for byte: two brokers are registered, a third one is
 * missing; one topic is healthy in part, one moves; a broker stands
 * in line for controller, and a group of our library has not yet settled. What is ephemeral lives as long as this.
 */
public final class MetadataFixture implements AutoCloseable {

    private final CoordinatorClient client;

    /** Writes all of it. */
    public MetadataFixture(String connectString) {
        client = CoordinatorClient.builder(connectString)
                .sessionTimeout(Duration.ofSeconds(60))
                .connect();
        brokers();
        topics();
        consumers();
        fleet();
    }

    private void brokers() {
        ephemeral(
                "/brokers/ids/1",
                "{\"features\":{},\"listener_security_protocol_map\":{\"CLIENT\":\"PLAINTEXT\",\"REPL\":\"SSL\"},"
                        + "\"endpoints\":[\"CLIENT://b1.example:9092\",\"REPL://b1.example:9093\"],\"rack\":\"dc1\","
                        + "\"jmx_port\":-1,\"port\":9092,\"host\":\"b1.example\",\"version\":5,"
                        + "\"timestamp\":\"1795223723279\"}");
        ephemeral(
                "/brokers/ids/2",
                "{\"listener_security_protocol_map\":{\"PLAINTEXT\":\"PLAINTEXT\"},"
                        + "\"endpoints\":[\"PLAINTEXT://b2.example:9092\"],\"jmx_port\":-1,\"port\":9092,"
                        + "\"host\":\"b2.example\",\"version\":4,\"timestamp\":\"1795223724000\"}");
        persistent("/config/brokers/1", "{\"version\":1,\"config\":{\"log.cleaner.threads\":\"2\"}}");
        ephemeral(
                "/controller",
                "{\"version\":2,\"brokerid\":1,\"timestamp\":\"1795223723336\",\"kraftControllerEpoch\":-1}");
        persistent("/controller_epoch", "7");
        ephemeral("/quorate/controller/candidate-0000000003", null);
        persistent("/admin/delete_topics", null);
    }

    private void topics() {
        topic(
                "t1",
                "{\"partitions\":{\"0\":[1,2],\"1\":[2,1],\"2\":[2,3]},\"topic_id\":\"vmqmW3-YTWWIWtOSqf0MDQ\","
                        + "\"adding_replicas\":{},\"removing_replicas\":{},\"version\":3}",
                "{\"controller_epoch\":7,\"leader\":1,\"version\":1,\"leader_epoch\":3,\"isr\":[2,1]}",
                "{\"controller_epoch\":7,\"leader\":1,\"version\":1,\"leader_epoch\":1,\"isr\":[1]}",
                "{\"controller_epoch\":6,\"leader\":-1,\"version\":1,\"leader_epoch\":2,\"isr\":[3],"
                        + "\"leader_recovery_state\":1}");
        persistent("/config/topics/t1", "{\"version\":1,\"config\":{\"retention.ms\":\"1000000\"}}");
        topic(
                "moving",
                "{\"partitions\":{\"0\":[2,1]},\"adding_replicas\":{\"0\":[2]},\"removing_replicas\":{\"0\":[1]},"
                        + "\"version\":2}",
                "{\"controller_epoch\":7,\"leader\":1,\"version\":1,\"leader_epoch\":5,\"isr\":[1]}");
        topic(
                "__consumer_offsets",
                "{\"version\":1,\"partitions\":{\"0\":[1]}}",
                "{\"controller_epoch\":7,\"leader\":1,\"version\":1,\"leader_epoch\":0,\"isr\":[1]}");
        persistent("/admin/delete_topics/moving", null);
    }

    private void topic(String name, String body, String... states) {
        persistent("/brokers/topics/" + name, body);
        for (int partition = 0; partition < states.length; partition++) {
            persistent("/brokers/topics/" + name + "/partitions/" + partition + "/state", states[partition]);
        }
    }

    private void consumers() {
        persistent("/consumers/active/ids", null);
        ephemeral(
                "/consumers/active/ids/active_c1",
                "{\"version\":1,\"subscription\":{\"t1\":2},\"pattern\":\"static\",\"timestamp\":\"1795223987666\"}");
        persistent("/consumers/active/owners/t1", null);
        ephemeral("/consumers/active/owners/t1/0", "active_c1-0");
        ephemeral("/consumers/active/owners/t1/1", "active_c1-0");
        ephemeral("/consumers/active/owners/t1/2", "active_c1-1");
        persistent("/consumers/active/offsets/t1/0", "100");
        persistent("/consumers/active/offsets/t1/1", "50");
        persistent("/consumers/idle/ids", null);
        persistent("/consumers/idle/offsets/t1/0", "7");
        persistent("/consumers/idle/offsets/t1/2", "9");
        persistent("/consumers/waiting/ids", null);
        ephemeral(
                "/consumers/waiting/ids/waiting_c1",
                "{\"version\":1,\"subscription\":{\"t1\":1},\"pattern\":\"static\",\"timestamp\":\"1795223987666\"}");
    }

    /** Two members of our library, whose leader has decided; one partition is not yet where it should be. */
    private void fleet() {
        persistent("/consumers/fleet/ids", null);
        member("fleet_m1", "\"instance\":\"press-1\",\"rack\":\"dc1\",\"host\":\"h1.example\",\"client\":\"press\"");
        member("fleet_m2", "\"rack\":\"dc2\",\"host\":\"h2.example\",\"client\":\"saw\"");
        ephemeral("/consumers/fleet/owners/t1/0", "fleet_m1-0");
        ephemeral("/consumers/fleet/owners/t1/1", "fleet_m2-0");
        ephemeral("/consumers/fleet/owners/t1/2", "fleet_m2-0");
        persistent("/consumers/fleet/offsets/t1/1", "12");
        persistent("/consumers/fleet/quorate", "{\"version\":1,\"mode\":\"native\"}");
        persistent(
                "/consumers/fleet/quorate/generation",
                "{\"version\":1,\"generation\":17,\"leader\":\"fleet_m2\",\"members\":2,\"partitions\":3,"
                        + "\"strategy\":\"sticky\",\"state\":\"stable\"}");
        persistent(
                "/consumers/fleet/quorate/target/press-1",
                "{\"version\":1,\"generation\":17,\"member\":\"fleet_m1\",\"assign\":{\"t1\":[0,1]}}");
        persistent(
                "/consumers/fleet/quorate/target/fleet_m2",
                "{\"version\":1,\"generation\":17,\"member\":\"fleet_m2\",\"assign\":{\"t1\":[2]}}");
    }

    private void member(String id, String origin) {
        ephemeral(
                "/consumers/fleet/ids/" + id,
                "{\"version\":1,\"subscription\":{\"t1\":1},\"pattern\":\"static\","
                        + "\"timestamp\":\"1795223987666\",\"quorate\":1," + origin + "}");
    }

    /** Creates a node that stays, and its parents. */
    public void persistent(String path, String body) {
        create(path, body, CreateMode.PERSISTENT);
    }

    private void ephemeral(String path, String body) {
        create(path, body, CreateMode.EPHEMERAL);
    }

    private void create(String path, String body, CreateMode mode) {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            if (!client.sync().exists(parent).exists()) {
                client.sync().create(parent, null, CreateMode.PERSISTENT);
            }
        }
        client.sync().create(path, body == null ? null : body.getBytes(UTF_8), mode);
    }

    /** The data of a node. */
    public String data(String path) {
        return new String(client.sync().getData(path).data(), UTF_8);
    }

    /** Who may do what with a node. */
    public List<Acl> acl(String path) {
        return client.sync().getAcl(path).acl();
    }

    /** Whether there is such a node. */
    public boolean exists(String path) {
        return client.sync().exists(path).exists();
    }

    @Override
    public void close() {
        client.close();
    }
}
