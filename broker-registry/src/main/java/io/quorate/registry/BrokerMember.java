package io.quorate.registry;

import io.quorate.registry.controller.Controller;
import io.quorate.registry.controller.IsrRequest;
import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.member.Membership;
import io.quorate.registry.model.BrokerInfo;
import io.quorate.registry.model.TopicPartition;
import io.quorate.registry.store.AclPolicy;
import io.quorate.registry.store.SessionAgent;
import io.quorate.registry.tree.Tree;
import io.quorate.wire.client.ClientBuilder;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A broker in the registry: registered as long as it lives, over as many sessions as that takes, and controller when it is
 * elected. See {@link MemberListener} for what it is told and what it has to do.
 *
 * <pre>{@code
 * BrokerInfo info = BrokerInfo.of(new Endpoint("PLAINTEXT", "PLAINTEXT", "10.0.0.7", 9092)).withRack("a");
 * ClientBuilder sessions = CoordinatorClient.builder("10.0.0.1:2181/kafka").sessionTimeout(Duration.ofSeconds(18));
 * try (BrokerMember member = BrokerMember.join(sessions, MemberSettings.of(7, info), listener)) {
 *     long epoch = member.whenRegistered().join();
 *     ...
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads. Arguments are copied; null where nothing is said of it, also in a collection, is
 * refused at once. Futures complete on the registry's thread: do not wait there.
 */
public final class BrokerMember implements AutoCloseable {
    private final SessionAgent agent;
    private final Membership membership;
    private final OpenAnswers answers = new OpenAnswers();
    private final CompletableFuture<Long> registered = answers.open();

    private BrokerMember(ClientBuilder sessions, MemberSettings settings, MemberListener listener, AclPolicy acls) {
        Objects.requireNonNull(listener);
        agent = new SessionAgent("quorate-registry-" + settings.brokerId(), sessions, acls);
        membership = new Membership(settings, listener, agent, new SecureRandom()::nextLong, new Orders());
        agent.owner(new Sessions());
    }

    /** Joins, with nodes that everybody may change. */
    public static BrokerMember join(ClientBuilder sessions, MemberSettings settings, MemberListener listener) {
        return join(sessions, settings, listener, AclPolicy.OPEN);
    }

    /**
     * Joins.
     *
     * @param sessions describes the sessions; its listener, callbacks and operation timeout are replaced
     * @param settings what this broker is
     * @param listener is told what happens
     * @param acls who may do what with the nodes that it creates
     */
    public static BrokerMember join(
            ClientBuilder sessions, MemberSettings settings, MemberListener listener, AclPolicy acls) {
        BrokerMember member = new BrokerMember(sessions, settings, listener, acls);
        member.agent.after(0, member.membership::start);
        return member;
    }

    /** Completes with the broker epoch at the first registration; fails if that is refused, or this is closed before. */
    public CompletableFuture<Long> whenRegistered() {
        return registered.copy();
    }

    /**
     * The broker listens elsewhere now, or says something else about itself; its epoch stays. Done when that, or a later update,
     * is in the tree, over as many connections and sessions as it takes; fails if this is closed before.
     */
    public CompletableFuture<Void> update(BrokerInfo info) {
        Objects.requireNonNull(info);
        CompletableFuture<Void> answer = answers.open();
        agent.after(
                0,
                () -> membership.update(info, objection -> {
                    if (objection == null) {
                        answer.complete(null);
                    } else {
                        answer.completeExceptionally(new IllegalStateException(objection));
                    }
                }));
        return answer;
    }

    /** The epoch with which this broker is controller; 0 if it is not. */
    public CompletableFuture<Integer> controllerEpoch() {
        return ask(() ->
                membership.controller() == null ? 0 : membership.controller().epoch());
    }

    /** Whether this broker is controller and has nothing left to do, as far as it knows. */
    public CompletableFuture<Boolean> isIdleController() {
        return ask(
                () -> membership.controller() != null && membership.controller().isIdle());
    }

    /** As controller: gives the office up, so that there is an election, which this broker may win again. */
    public CompletableFuture<Void> moveController() {
        return ask(() -> {
            membership.moveController();
            return null;
        });
    }

    private <T> CompletableFuture<T> ask(Supplier<T> question) {
        CompletableFuture<T> answer = answers.open();
        agent.after(0, () -> answer.complete(question.get()));
        return answer;
    }

    /**
     * As controller: moves a partition to these brokers, the first of which should lead; null for back to where it was. Gives
     * null when the move has begun, or why it cannot. Fails with {@link IllegalStateException} if this broker is not controller,
     * or is no more before there is an answer.
     */
    public CompletableFuture<String> move(TopicPartition partition, List<Integer> target) {
        Objects.requireNonNull(partition);
        List<Integer> wanted = target == null ? null : List.copyOf(target);
        return asController((controller, done) -> controller.move(partition, wanted, done));
    }

    /** As controller: has the first replicas of these lead, if they can. */
    public CompletableFuture<Void> electPreferred(Collection<TopicPartition> partitions) {
        List<TopicPartition> wanted = List.copyOf(partitions);
        return asController((controller, done) -> {
            controller.electPreferred(wanted);
            done.accept(null);
        });
    }

    /** As controller: has anybody alive lead those that nobody can lead without loss. */
    public CompletableFuture<Void> electUnclean(Collection<TopicPartition> partitions) {
        List<TopicPartition> wanted = List.copyOf(partitions);
        return asController((controller, done) -> {
            controller.electUnclean(wanted);
            done.accept(null);
        });
    }

    /**
     * As controller: a broker is about to stop. Gives the partitions that it still leads, when no more can be done; null if it is
     * registered with another epoch.
     */
    public CompletableFuture<List<TopicPartition>> stopping(int broker, long epoch) {
        return asController((controller, done) -> controller.stopping(broker, epoch, done));
    }

    /** As controller: a leader wants other in-sync replicas. */
    public CompletableFuture<IsrRequest.Result> alterIsr(IsrRequest request) {
        Objects.requireNonNull(request);
        return asController((controller, done) -> controller.alterIsr(request, done));
    }

    /** As controller: the directories of these replicas have failed. */
    public CompletableFuture<Void> replicasFailed(int broker, Collection<TopicPartition> partitions) {
        List<TopicPartition> failed = List.copyOf(partitions);
        return asController((controller, done) -> {
            controller.replicasFailed(broker, failed);
            done.accept(null);
        });
    }

    private <T> CompletableFuture<T> asController(BiConsumer<Controller, Consumer<T>> question) {
        CompletableFuture<T> answer = answers.open();
        agent.after(0, () -> {
            Controller controller = membership.controller();
            if (controller == null) {
                answer.completeExceptionally(new IllegalStateException("this broker is not controller"));
            } else {
                question.accept(controller, answer::complete);
            }
        });
        return answer;
    }

    /**
     * Ends at once and says nothing to anybody, as if the process had died: the broker stays registered, and controller if it
     * is, until the session timeout.
     */
    public CompletableFuture<Void> abandon() {
        return agent.abandonAsync(membership::leave).whenComplete((done, failure) -> endAnswers());
    }

    /**
     * Ends the session: the broker is registered no more, and controller no more. Waits for that, except on the registry's own
     * thread, as in the listener.
     */
    @Override
    public void close() {
        agent.await(agent.closeAsync(membership::leave).whenComplete((done, failure) -> endAnswers()));
    }

    /** Whoever still waits: the thread that would have answered has ended. */
    private void endAnswers() {
        answers.close("the broker has left");
    }

    private final class Orders implements Membership.Out {
        @Override
        public void openSession() {
            agent.openSession();
        }

        @Override
        public void createChroot() {
            CompletableFuture<Void> unused = agent.createChroot().thenAccept(membership::onChroot);
        }

        @Override
        public void registered(long epoch) {
            registered.complete(epoch);
        }

        @Override
        public void refused(String reason) {
            registered.completeExceptionally(new IllegalStateException(reason));
        }
    }

    private final class Sessions implements SessionAgent.Owner {
        @Override
        public void onSession(Tree tree) {
            membership.onSession(tree);
        }

        @Override
        public void onConnected() {
            membership.onConnected();
        }

        @Override
        public void onDisconnected(long untilSuspectMillis) {
            membership.onDisconnected(untilSuspectMillis);
        }

        @Override
        public void onExpired() {
            membership.onExpired();
        }

        @Override
        public void onFailed(String reason) {
            membership.onRefused(reason);
        }

        @Override
        public void onTrouble(String what) {
            membership.onTrouble(what);
        }
    }
}
