package io.quorate.coordinator.core;

import io.quorate.coordinator.zab.Zab;
import java.util.function.Consumer;

/** Lets another member lead because an operator wants it, and tells that operator what came of it. One at a time. */
final class HandOver {

    private static final long NOBODY = -1;

    private final Core core;
    private Consumer<HandOverResult> told;
    private long successor;
    private long beginMillis;
    private long deadlineMillis;

    HandOver(Core core) {
        this.core = core;
    }

    /** @param wanted the member that is to lead, or one that has no number for the best of the followers */
    void begin(long wanted, Consumer<HandOverResult> asker) {
        Zab quorum = core.quorum();
        if (quorum == null || core.mode() != ServerMode.LEADER) {
            asker.accept(new HandOverResult("this server does not lead", quorum == null ? NOBODY : quorum.leader(), 0));
            return;
        }
        long to = wanted > 0 ? wanted : quorum.bestSuccessor();
        String refusal = to == NOBODY ? "no voter follows that is up to date" : quorum.handOver(to);
        if (refusal != null) {
            asker.accept(new HandOverResult(refusal, quorum.leader(), 0));
            return;
        }
        told = asker;
        successor = to;
        beginMillis = core.nowMillis();
        deadlineMillis = beginMillis
                + (long) quorum.settings().initLimit() * quorum.settings().tickMillis();
    }

    /** Looks whether it is over, one way or the other. Returns when to look again. */
    long tick() {
        if (told == null) {
            return Long.MAX_VALUE;
        }
        Zab quorum = core.quorum();
        boolean serves = core.mode().isAgreed();
        if (serves && quorum.leader() == successor) {
            tell(null);
        } else if (serves && !quorum.isHandingOver()) {
            tell("server " + successor + " did not take over: server " + quorum.leader() + " leads");
        } else if (core.nowMillis() >= deadlineMillis) {
            tell("there is no leader yet");
        }
        return told == null ? Long.MAX_VALUE : deadlineMillis;
    }

    private void tell(String refusal) {
        Consumer<HandOverResult> asker = told;
        told = null;
        asker.accept(new HandOverResult(refusal, core.quorum().leader(), core.nowMillis() - beginMillis));
    }
}
