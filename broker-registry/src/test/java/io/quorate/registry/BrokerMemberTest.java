package io.quorate.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.Endpoint;
import io.quorate.registry.model.TopicPartition;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.SessionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A member that never reaches a server: nobody waits for it for ever. */
final class BrokerMemberTest {
    private static final BrokerInfo INFO = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "h", 9092));

    private static String failure(CompletableFuture<?> future) throws Exception {
        return future.handle((done, failure) -> failure == null ? "no failure" : failure.getMessage())
                .get(60, TimeUnit.SECONDS);
    }

    @Test
    void afterTheEndEveryFutureFails() throws Exception {
        BrokerMember member = BrokerMember.join(
                CoordinatorClient.builder("127.0.0.1:1"), MemberSettings.of(1, INFO), new MemberListener() {});
        CompletableFuture<Long> registered = member.whenRegistered();
        CompletableFuture<Void> updated = member.update(INFO);
        assertThat(failure(member.electPreferred(List.of()))).contains("this broker is not controller");
        member.close();
        for (CompletableFuture<?> future : List.of(
                registered,
                updated,
                member.whenRegistered(),
                member.update(INFO),
                member.controllerEpoch(),
                member.electPreferred(List.of()))) {
            assertThat(failure(future)).contains("the broker has left");
        }
        assertThat(failure(member.abandon())).isEqualTo("no failure");
    }

    @Test
    void aServerThatIsTooOldIsNamedAsTheReason() throws Exception {
        CompletableFuture<String> refused = new CompletableFuture<>();
        AtomicReference<BrokerMember> joined = new AtomicReference<>();
        try (BareServer server = new BareServer(true).open()) {
            joined.set(BrokerMember.join(
                    CoordinatorClient.builder(server.address()), MemberSettings.of(1, INFO), new MemberListener() {
                        @Override
                        public void onRefused(String reason) {
                            // On the registry's thread, where nobody can wait for its end.
                            joined.get().close();
                            refused.complete(reason);
                        }
                    }));
            assertThat(failure(joined.get().whenRegistered())).contains("3.6");
            assertThat(refused.get(60, TimeUnit.SECONDS)).contains("3.6");
        }
    }

    /** What is wrong with them would only show on another thread, where nobody could be told. */
    @Test
    void argumentsAreCheckedAtTheBorder() {
        TopicPartition partition = new TopicPartition("t", 0);
        try (BrokerMember member = BrokerMember.join(
                CoordinatorClient.builder("127.0.0.1:1"), MemberSettings.of(1, INFO), new MemberListener() {})) {
            List<Supplier<CompletableFuture<?>>> calls = List.of(
                    () -> member.move(partition, Arrays.asList(1, null)),
                    () -> member.move(null, List.of(1)),
                    () -> member.update(null),
                    () -> member.alterIsr(null),
                    () -> member.electPreferred(Arrays.asList(partition, null)),
                    () -> member.electUnclean(Arrays.asList(partition, null)),
                    () -> member.replicasFailed(1, Arrays.asList(partition, null)));
            assertThat(calls)
                    .allSatisfy(call -> assertThatThrownBy(call::get).isInstanceOf(NullPointerException.class));
        }
    }

    /** Several members, on threads of their own, may have been made with the same builder, and its owner may still use it. */
    @Test
    void theBuilderStaysTheCallers() throws Exception {
        Queue<SessionEvent> told = new ConcurrentLinkedQueue<>();
        ClientBuilder builder = CoordinatorClient.builder("127.0.0.1:1").listener((event, reason) -> told.add(event));
        try (BrokerMember member = BrokerMember.join(builder, MemberSettings.of(1, INFO), new MemberListener() {})) {
            // The member has opened its first session when it answers.
            assertThat(member.controllerEpoch().get(60, TimeUnit.SECONDS)).isZero();
            builder.connect().close();
            assertThat(told).containsExactly(SessionEvent.CLOSED);
        }
        assertThat(told).hasSize(1);
    }
}
