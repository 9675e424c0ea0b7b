package io.quorate.registry.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.layout.ConfigJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.model.ConfigEntity;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Announcements of changed configurations, as one broker hears of them (registry spec 11). */
final class ConfigChangesTest {
    private static final long MINUTE = 60_000;

    private final List<ConfigEntity> heard = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();
    private final SimMember member = new SimMember(new MemberListener() {
        @Override
        public void onConfig(ConfigEntity entity) {
            heard.add(entity);
        }

        @Override
        public void onTrouble(String what) {
            trouble.add(what);
        }
    });

    private void announce(String topic) {
        announce(ConfigJson.encodeChange(ConfigEntity.topic(topic)));
    }

    private void announce(byte[] body) {
        member.write(Write.createSequential(RegistryPaths.CONFIG_CHANGES + "/config_change_", body));
    }

    @Test
    void whatWasAnnouncedBeforeTheStartIsTold() {
        member.write(Write.create(RegistryPaths.CONFIG, null));
        member.write(Write.create(RegistryPaths.CONFIG_CHANGES, null));
        announce("before");
        member.start();
        assertThat(heard).containsExactly(ConfigEntity.topic("before"));
    }

    @Test
    void whatIsAnnouncedBetweenTwoSessionsIsToldOnce() {
        member.start();
        announce("a");
        member.pass(1_000);
        member.loseSession();
        announce("b");
        member.reconnect();
        assertThat(heard).containsExactly(ConfigEntity.topic("a"), ConfigEntity.topic("b"));
    }

    @Test
    void aSessionThatEndsDuringALookDoesNotEndTheLooking() {
        member.start();
        announce("a");
        member.loseSession();
        member.reconnect();
        announce("b");
        member.pass(1_000);
        assertThat(heard).containsExactly(ConfigEntity.topic("a"), ConfigEntity.topic("b"));
    }

    @Test
    void whatIsNoAnnouncementIsPassedOver() {
        member.start();
        member.write(Write.create(RegistryPaths.CONFIG_CHANGES + "/config_change_x", null));
        member.pass(1_000);
        announce("{\"version\":2,\"entity_path\":\"users/%zz\"}".getBytes(StandardCharsets.UTF_8));
        member.pass(1_000);
        announce("a");
        member.pass(1_000);
        assertThat(heard).containsExactly(ConfigEntity.topic("a"));
        assertThat(trouble)
                .containsExactly(
                        "/config/changes/config_change_x is no announcement",
                        "/config/changes/config_change_0000000001 cannot be read: not an encoded name: %zz");
    }

    @Test
    void anAnnouncementThatMayNotBeReadKeepsNoOtherBack() {
        member.start();
        member.tree().secret = path -> path.endsWith("config_change_0000000000") ? ErrorCode.NO_AUTH : null;
        announce("a");
        announce("b");
        member.pass(1_000);
        assertThat(heard).containsExactly(ConfigEntity.topic("b"));
        assertThat(trouble).containsExactly("/config/changes/config_change_0000000000 cannot be read: NO_AUTH");
    }

    @Test
    void anAnnouncementThatMayNotBeReadIsReadLater() {
        member.start();
        member.tree().secret = path -> path.endsWith("config_change_0000000000") ? ErrorCode.NO_AUTH : null;
        announce("a");
        member.pass(20 * MINUTE);
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES))
                .as("not by its age, which nobody knows")
                .hasSize(1);
        member.loseSession();
        member.reconnect();
        member.pass(MINUTE);
        assertThat(heard).isEmpty();
        assertThat(trouble).containsExactly("/config/changes/config_change_0000000000 cannot be read: NO_AUTH");

        member.tree().secret = path -> null;
        member.pass(2 * MINUTE);
        assertThat(heard).containsExactly(ConfigEntity.topic("a"));
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES)).isEmpty();
    }

    @Test
    void announcementsThatAreThrottledAsAWholeAreReadEverMoreRarely() {
        member.start();
        List<String> refused = new ArrayList<>();
        member.tree().unheard = paths -> {
            boolean isRefused = paths.get(0).startsWith(RegistryPaths.CONFIG_CHANGES + "/");
            refused.addAll(isRefused ? paths : List.of());
            return isRefused ? ErrorCode.THROTTLED_OP : null;
        };
        announce("a");
        member.pass(MINUTE);
        assertThat(refused).hasSizeBetween(4, 8);
        member.tree().unheard = paths -> null;
        member.pass(MINUTE);
        assertThat(heard).containsExactly(ConfigEntity.topic("a"));
        assertThat(trouble).containsExactly("/config/changes cannot be read, and is tried again later: THROTTLED_OP");
    }

    @Test
    void aListThatCannotBeReadIsReadLater() {
        member.start();
        member.tree().secret = path -> path.equals(RegistryPaths.CONFIG_CHANGES) ? ErrorCode.THROTTLED_OP : null;
        announce("a");
        member.pass(10_000);
        member.tree().secret = path -> null;
        assertThat(heard).isEmpty();
        member.pass(MINUTE);
        assertThat(heard).containsExactly(ConfigEntity.topic("a"));
        assertThat(trouble).containsExactly("/config/changes cannot be read, and is tried again later: THROTTLED_OP");
    }

    @Test
    void aBrokerRegistersThoughItMayNotReadWhatEverybodyNeeds() {
        member.start();
        member.loseSession();
        member.tree().secret = path -> path.equals("/config/users") ? ErrorCode.NO_AUTH : null;
        member.reconnect();
        member.pass(1_000);
        assertThat(member.tree().exists(RegistryPaths.broker(SimMember.ID))).isTrue();
        assertThat(member.membership().image().brokers()).containsOnlyKeys(SimMember.ID);
    }

    @Test
    void anAnnouncementIsDeletedInTimeThoughNoOtherComes() {
        member.start();
        announce("a");
        member.pass(14 * MINUTE);
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES)).hasSize(1);
        member.pass(2 * MINUTE);
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES)).isEmpty();
    }

    /** What else the broker has to say must find room in the client. */
    @Test
    void manyAnnouncementsThatAreDueAtOnceAreDeletedInPortions() {
        member.start();
        for (int i = 0; i < 1_000; i++) {
            announce("a");
        }
        member.pass(14 * MINUTE);
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES)).hasSize(1_000);
        int most = 0;
        for (int millis = 0; millis < 2 * MINUTE; millis++) {
            member.pass(1);
            most = Math.max(most, member.session().unanswered());
        }
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES)).isEmpty();
        assertThat(most).isBetween(1, 300);
    }

    @Test
    void deletionsThatHaveNoAnswerAreTriedAgain() {
        member.start();
        for (int i = 0; i < 300; i++) {
            announce("a");
        }
        member.pass(1_000);
        member.tree().unheard =
                paths -> paths.get(0).startsWith(RegistryPaths.CONFIG_CHANGES + "/") ? ErrorCode.THROTTLED_OP : null;
        member.pass(17 * MINUTE);
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES)).hasSize(300);
        member.tree().unheard = paths -> null;
        member.pass(MINUTE);
        assertThat(member.tree().children(RegistryPaths.CONFIG_CHANGES)).isEmpty();
    }
}
