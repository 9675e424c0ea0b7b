package io.quorate.groups.rebalance;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.layout.GroupMode;
import io.quorate.groups.layout.GroupPaths;
import io.quorate.wire.client.OpResult;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What all parts of one member share: its settings, its way out, and its present life. */
final class Context {
    final GroupConfig config;
    final GroupPaths paths;
    final BatchLimits limits;
    final Orders orders;
    final Requests requests;
    final Timers timers = new Timers();
    final Ownership ownership = new Ownership();
    final RandomGenerator random;
    final Fate fate;
    private final Set<String> complaints = new HashSet<>();
    /** Null before there is a session. */
    Incarnation self;

    /** How the group works, as read last. */
    GroupMode mode = GroupMode.COMPAT;

    /** Whether a server is there to be asked. */
    boolean connected;

    /** What only the whole member can decide. */
    interface Fate {
        /** The registration or the session is gone; all that was owned with it. */
        void gone(String reason);

        /** There is no sense in going on. */
        void end(Orders.End end, String reason);
    }

    Context(GroupConfig config, BatchLimits limits, Orders orders, RandomGenerator random, Fate fate) {
        this.config = config;
        this.limits = limits;
        this.paths = new GroupPaths(config.group());
        this.orders = orders;
        this.requests = new Requests(orders);
        this.random = random;
        this.fate = fate;
    }

    /** Has it said once that a server refuses something, and why. */
    void complain(String what, Answer refusal) {
        String text = what + " is refused: " + refusal.error();
        if (complaints.add(text)) {
            orders.complain(text);
        }
    }

    /** Judged by the session that keeps the node, never by its text. */
    boolean isMine(OpResult node) {
        return node.isOk() && node.stat() != null && node.stat().ephemeralOwner() == self.session();
    }

    /** Proves that this life still is one: ids are never used again, and who changes a registration throws the member out. */
    TreeOp checkSelf() {
        return new TreeOp.Check(paths.id(self.id()), 0);
    }

    /** Under which name this member has its target. */
    String key() {
        return config.identity().instance() == null
                ? self.id()
                : config.identity().instance();
    }
}
