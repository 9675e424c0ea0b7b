package io.quorate.registry.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.registry.cache.ClusterSnapshot;
import io.quorate.registry.cache.SnapshotKeeper;
import io.quorate.registry.layout.ControllerJson;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.layout.TopicJson;
import io.quorate.registry.model.ControllerInfo;
import io.quorate.registry.model.TopicAssignment;
import io.quorate.registry.tree.Write;
import io.quorate.wire.proto.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a cache tells besides its snapshots. */
final class SnapshotKeeperTest {
    private final SimTree tree = new SimTree();
    private final SimTime time = new SimTime();
    private final List<ClusterSnapshot> published = new ArrayList<>();
    private final List<String> trouble = new ArrayList<>();

    @BeforeEach
    void aTopic() {
        RegistryPaths.STRUCTURE.forEach(path -> tree.write(1, List.of(Write.create(path, null))));
        TopicAssignment assignment = TopicAssignment.of(new TreeMap<>(Map.of(0, List.of(1))), null);
        tree.write(1, List.of(Write.create(RegistryPaths.topic("good"), TopicJson.encode(assignment))));
    }

    private void keep(Consumer<ClusterSnapshot> listener) {
        SnapshotKeeper keeper = new SnapshotKeeper(time, listener, trouble::add);
        SimSession.Owner owner = new SimSession.Owner() {
            @Override
            public void onConnected() {
                keeper.onConnected();
            }

            @Override
            public void onDisconnected() {
                keeper.onDisconnected();
            }

            @Override
            public void onExpired() {
                keeper.onExpired();
            }
        };
        keeper.onSession(new SimSession(7, tree, time, new Random(1), owner));
        time.runUntil(time.nowMillis() + 500);
    }

    @Test
    void aNodeThatNobodyUnderstandsIsToldAndLeftOut() {
        tree.write(1, List.of(Write.create(RegistryPaths.topic("bad"), "?".getBytes(UTF_8))));
        keep(published::add);
        assertThat(published).isNotEmpty();
        assertThat(published.get(published.size() - 1).topics()).containsOnlyKeys("good");
        assertThat(trouble).singleElement().asString().startsWith("/brokers/topics/bad cannot be read: ");
    }

    @Test
    void aControllerThatCannotBeReadIsReadLater() {
        tree.secret = path -> path.equals(RegistryPaths.CONTROLLER) ? ErrorCode.THROTTLED_OP : null;
        byte[] body = ControllerJson.encode(new ControllerInfo(3, 1, -1));
        tree.write(1, List.of(Write.create(RegistryPaths.CONTROLLER, body)));
        keep(published::add);
        time.runUntil(time.nowMillis() + 10_000);
        assertThat(published).isNotEmpty().allMatch(each -> each.controller() == null);
        tree.secret = path -> null;
        time.runUntil(time.nowMillis() + 60_000);
        assertThat(published.get(published.size() - 1).controller().brokerId()).isEqualTo(3);
        assertThat(trouble).containsExactly("/controller cannot be read, and is tried again later: THROTTLED_OP");
    }

    /** Each time the names are shown, and what is below them is not. */
    @Test
    void contentsThatCannotBeReadAreReadEverMoreRarelyAndToldOnce() {
        AtomicInteger refused = new AtomicInteger();
        tree.unheard = paths -> {
            boolean isRefused = paths.contains(RegistryPaths.topic("good"));
            refused.addAndGet(isRefused ? 1 : 0);
            return isRefused ? ErrorCode.THROTTLED_OP : null;
        };
        keep(published::add);
        time.runUntil(time.nowMillis() + 60_000);
        assertThat(refused).hasValueBetween(4, 8);
        assertThat(published).isEmpty();
        assertThat(trouble).containsExactly("/brokers cannot be read, and is tried again later: THROTTLED_OP");

        tree.unheard = paths -> null;
        time.runUntil(time.nowMillis() + 60_000);
        assertThat(published.get(published.size() - 1).topics()).containsOnlyKeys("good");
    }

    @Test
    void aListenerThatThrowsIsTold() {
        keep(snapshot -> {
            throw new IllegalStateException("listener");
        });
        assertThat(trouble).isNotEmpty().allMatch(what -> what.contains("IllegalStateException: listener"));
    }
}
