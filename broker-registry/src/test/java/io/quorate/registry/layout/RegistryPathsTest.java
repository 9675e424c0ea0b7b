package io.quorate.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.model.TopicPartition;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RegistryPathsTest {
    @Test
    void aPathIsFoundBackFromItsNode() {
        TopicPartition partition = new TopicPartition("a.b-c", 12);
        assertThat(RegistryPaths.state(partition)).isEqualTo("/brokers/topics/a.b-c/partitions/12/state");
        assertThat(RegistryPaths.partitionOf(RegistryPaths.state(partition))).isEqualTo(partition);
        assertThat(RegistryPaths.topicOf(RegistryPaths.topic("a.b-c"))).isEqualTo("a.b-c");
        assertThat(RegistryPaths.brokerOf(RegistryPaths.broker(7))).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "/brokers/topics/t/partitions/0, -1, ,",
        "/brokers/topics/t/partitions/x/state, -1, ,",
        "/brokers/topics/t/state, -1, ,",
        "/brokers/topics/state, -1, state,",
        "/brokers/topics/partitions, -1, partitions,",
        "/brokers/topics/state/partitions/0/state, -1, , state-0",
        "/brokers/topics, -1, ,",
        "/brokers/topics/t, -1, t,",
        "/brokers/ids, -1, ,",
        "/brokers/ids/7, 7, ,",
        "/brokers/ids/x, -1, ,",
        "/brokers/ids/99999999999, -1, ,",
        "/brokers/topics/partitions/partitions/3/state, -1, , partitions-3",
    })
    void everyPathIsOneThingOrNone(String path, int broker, String topic, String partition) {
        assertThat(RegistryPaths.brokerOf(path)).isEqualTo(broker);
        assertThat(RegistryPaths.topicOf(path)).isEqualTo(topic);
        TopicPartition found = RegistryPaths.partitionOf(path);
        assertThat(found == null ? null : found.toString()).isEqualTo(partition);
    }

    @Test
    void namesOfUsersAndClientsAreEncodedAndNoOthers() {
        assertThat(RegistryPaths.config(ConfigEntity.user("al ice"))).isEqualTo("/config/users/al%20ice");
        assertThat(RegistryPaths.config(ConfigEntity.client("a*b+c"))).isEqualTo("/config/clients/a%2Ab%2Bc");
        assertThat(RegistryPaths.config(ConfigEntity.userClient("<default>", "<default>")))
                .isEqualTo("/config/users/<default>/clients/<default>");
        assertThat(RegistryPaths.config(ConfigEntity.allBrokers())).isEqualTo("/config/brokers/<default>");
        assertThat(RegistryPaths.config(ConfigEntity.ip("::1"))).isEqualTo("/config/ips/::1");
        for (ConfigEntity entity : List.of(
                ConfigEntity.topic("t"),
                ConfigEntity.broker(7),
                ConfigEntity.userClient("a b", "ü/*"),
                ConfigEntity.ip("::1"))) {
            assertThat(RegistryPaths.entity(RegistryPaths.entityPath(entity))).isEqualTo(entity);
        }
        assertThat(RegistryPaths.entity("users/a/b")).isNull();
        assertThat(RegistryPaths.entity("planets/earth")).isNull();
    }

    @Test
    void everyParentInTheStructureComesBeforeItsChildren() {
        for (String path : RegistryPaths.STRUCTURE) {
            String parent = RegistryPaths.parent(path);
            assertThat(parent.equals("/")
                            || RegistryPaths.STRUCTURE.indexOf(parent) < RegistryPaths.STRUCTURE.indexOf(path))
                    .as(path)
                    .isTrue();
        }
    }

    @Test
    void sequenceNumbersMayHaveWrapped() {
        assertThat(RegistryPaths.sequence("isr_change_0000000012", "isr_change_"))
                .isEqualTo(12);
        assertThat(RegistryPaths.sequence("isr_change_-2147483648", "isr_change_"))
                .isEqualTo(Integer.MIN_VALUE);
    }
}
