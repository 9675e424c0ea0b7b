package io.quorate.registry.controller;

import io.quorate.registry.controller.IsrRequest.Result;
import io.quorate.registry.image.StoredState;
import io.quorate.registry.layout.RegistryPaths;
import io.quorate.registry.model.PartitionState;
import io.quorate.registry.model.ReplicaSet;
import io.quorate.registry.model.TopicPartition;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Answers leaders that want other in-sync replicas (registry spec 8). */
final class IsrChanges {
    private final Term term;
    private final LiveBrokers brokers;
    private final Predicate<String> isBeingDeleted;

    /** @param isBeingDeleted whether nothing may be written for this topic any more */
    IsrChanges(Term term, LiveBrokers brokers, Predicate<String> isBeingDeleted) {
        this.term = term;
        this.brokers = brokers;
        this.isBeingDeleted = isBeingDeleted;
    }

    /** Looks at a request, and has it written if it can be granted. */
    void request(IsrRequest request, Consumer<Result> done) {
        StoredState stored = term.image().state(request.partition());
        Result objection = objection(request, stored);
        if (objection != null) {
            done.accept(objection);
            return;
        }
        PartitionState next = stored.state().withIsr(request.isr()).withRecovery(request.recovery());
        if (next.equals(stored.state())) {
            done.accept(Result.OK);
            return;
        }
        term.work().begin(request.partition());
        term.change()
                .setState(request.partition(), next, stored.version())
                .submit(term.writer(), outcome -> onWritten(request.partition(), outcome, done));
        term.work().wakeUp();
    }

    private Result objection(IsrRequest request, StoredState stored) {
        ReplicaSet replicas = term.image().replicas(request.partition());
        if (!brokers.isCurrent(request.broker(), request.brokerEpoch())) {
            boolean isUnknown = term.follower().isUnreadable(request.broker());
            return isUnknown ? Result.NOT_CONTROLLER : Result.STALE_BROKER_EPOCH;
        }
        boolean isThere = stored != null && replicas != null;
        if (!isThere || isBeingDeleted.test(request.partition().topic())) {
            return Result.UNKNOWN_PARTITION;
        }
        PartitionState state = stored.state();
        if (request.leaderEpoch() > state.leaderEpoch() || request.partitionEpoch() > stored.version()) {
            return Result.NOT_CONTROLLER;
        }
        if (request.leaderEpoch() < state.leaderEpoch() || request.broker() != state.leader()) {
            return Result.FENCED_LEADER_EPOCH;
        }
        if (request.isr().equals(state.isr()) && request.recovery() == state.recovery()) {
            return null;
        }
        boolean isBusy = term.work().isBusy(request.partition());
        if (isBusy || request.partitionEpoch() < stored.version()) {
            return Result.INVALID_VERSION;
        }
        return isEligible(request, replicas, state) ? null : Result.INELIGIBLE;
    }

    private boolean isEligible(IsrRequest request, ReplicaSet replicas, PartitionState state) {
        List<Integer> isr = request.isr();
        boolean isRecovering = request.recovery() == PartitionState.RECOVERING;
        boolean isBackToRecovery = isRecovering && state.recovery() != PartitionState.RECOVERING;
        return isr.contains(request.broker())
                && replicas.replicas().containsAll(isr)
                && isr.stream().distinct().count() == isr.size()
                && !(isRecovering && isr.size() > 1)
                && !isBackToRecovery
                && isr.stream()
                        .allMatch(broker -> state.isr().contains(broker)
                                || brokers.of(request.partition()).isServing(broker));
    }

    private void onWritten(TopicPartition partition, Outcome outcome, Consumer<Result> done) {
        term.work().end(partition, true);
        if (outcome.isDone()) {
            done.accept(Result.OK);
            term.tellDecided(partition);
        } else {
            term.follower().refresh(List.of(RegistryPaths.state(partition)));
            done.accept(outcome.kind() == Outcome.Kind.REFUSED ? Result.INVALID_VERSION : Result.NOT_CONTROLLER);
        }
        term.work().wakeUp();
    }
}
