package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.Percentiles;
import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.core.ServerView;
import io.quorate.coordinator.metrics.Counter;
import io.quorate.coordinator.metrics.Gauge;
import io.quorate.coordinator.metrics.Measured;
import io.quorate.coordinator.metrics.Metrics;
import io.quorate.coordinator.metrics.Timing;
import io.quorate.coordinator.zab.Zab;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Lists all metrics that this server measures, one a line. */
final class MntrCommand implements AdminCommand {

    private final AdminFacts facts;
    private final Metrics metrics;

    MntrCommand(AdminFacts facts, Metrics metrics) {
        this.facts = facts;
        this.metrics = metrics;
    }

    @Override
    public String name() {
        return "mntr";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public String run(ServerView view, long argument) {
        StringBuilder text = new StringBuilder();
        line(text, "version", VersionText.of(facts));
        line(text, "server_state", facts.mode());
        view.quorum().ifPresent(quorum -> line(text, "peer_state", peerState(quorum)));
        for (Gauge gauge : Gauge.values()) {
            String value = value(gauge, view);
            if (value != null) {
                line(text, gauge.exportedName(), value);
            }
        }
        for (Counter counter : Counter.values()) {
            Long counted = counted(counter, view);
            if (counted != null) {
                line(text, counter.exportedName(), counted.toString());
            }
        }
        for (Timing timing : Timing.values()) {
            if (metrics.isMeasured(timing)) {
                lines(text, timing.exportedName(), metrics.measured(timing));
            }
        }
        percentiles(text, "readlatency", view.stats().reads());
        percentiles(text, "updatelatency", view.stats().updates());
        return text.toString();
    }

    private static void percentiles(StringBuilder text, String name, Percentiles measured) {
        line(text, "avg_" + name, Decimals.of(measured.latency().mean()));
        line(text, "min_" + name, Long.toString(measured.latency().min()));
        line(text, "max_" + name, Long.toString(measured.latency().max()));
        line(text, "cnt_" + name, Long.toString(measured.latency().count()));
        line(text, "sum_" + name, Long.toString(measured.latency().sum()));
        line(text, "p50_" + name, Long.toString(measured.at(0.5)));
        line(text, "p95_" + name, Long.toString(measured.at(0.95)));
        line(text, "p99_" + name, Long.toString(measured.at(0.99)));
        line(text, "p999_" + name, Long.toString(measured.at(0.999)));
    }

    /** The value, or null where the platform does not tell. */
    private String value(Gauge gauge, ServerView view) {
        return switch (gauge) {
            case AVG_LATENCY -> Decimals.of(view.stats().latency().mean());
            case MAX_LATENCY -> text(view.stats().latency().max());
            case MIN_LATENCY -> text(view.stats().latency().min());
            case PACKETS_RECEIVED -> text(facts.packetsReceived());
            case PACKETS_SENT -> text(facts.packetsSent());
            case NUM_ALIVE_CONNECTIONS -> text(view.connectionCount());
            case OUTSTANDING_REQUESTS -> text(view.outstanding());
            case UPTIME -> text(facts.uptimeMillis());
            case ZNODE_COUNT -> text(view.tree().nodeCount());
            case WATCH_COUNT -> text(view.watches().watchCount());
            case EPHEMERALS_COUNT -> text(view.sessions().ephemeralCount());
            case APPROXIMATE_DATA_SIZE -> text(view.tree().approximateDataSize());
            case GLOBAL_SESSIONS -> text(view.sessions().size());
            case LOCAL_SESSIONS -> text(0);
            case AUTH_FAILED_COUNT -> text(view.stats().authFailures());
                // Not offered yet, so it is none, and none fails.
            case OUTSTANDING_TLS_HANDSHAKE, NON_MTLS_REMOTE_CONN_COUNT, NON_MTLS_LOCAL_CONN_COUNT -> text(0);
            case CONNECTION_DROP_PROBABILITY -> Decimals.of(0);
            case QUORUM_SIZE -> ofMember(
                    view, quorum -> quorum.settings().members().voters().size());
            case LEARNERS -> ofLeader(view, quorum -> quorum.learners().size());
            case FOLLOWERS -> ofLeader(view, quorum -> count(quorum, learner -> !learner.observer()));
            case SYNCED_FOLLOWERS -> ofLeader(
                    view, quorum -> count(quorum, learner -> isSyncedFollower(quorum, learner, true)));
            case SYNCED_NON_VOTING_FOLLOWERS -> ofLeader(
                    view, quorum -> count(quorum, learner -> isSyncedFollower(quorum, learner, false)));
            case SYNCED_OBSERVERS -> ofMember(
                    view, quorum -> count(quorum, learner -> learner.synced() && learner.observer()));
            case PENDING_SYNCS -> ofLeader(view, Zab::pendingSyncs);
            case LEADER_UPTIME -> ofLeader(view, quorum -> facts.leadingMillis());
            case LAST_PROPOSAL_SIZE -> ofLeader(view, quorum -> view.stats().proposalLast());
            case MIN_PROPOSAL_SIZE -> ofLeader(view, quorum -> view.stats().proposalMin());
            case MAX_PROPOSAL_SIZE -> ofLeader(view, quorum -> view.stats().proposalMax());
            case OPEN_FILE_DESCRIPTOR_COUNT -> text(facts.openFiles());
            case MAX_FILE_DESCRIPTOR_COUNT -> text(facts.maxFiles());
        };
    }

    /** Only a server that serves answers, so its ensemble is always in the last phase. */
    private static String peerState(Zab quorum) {
        return quorum.state().name().toLowerCase(Locale.ROOT) + " - broadcast";
    }

    /** What any member can say of its ensemble. */
    private static String ofMember(ServerView view, ToLongFunction<Zab> fact) {
        return view.quorum()
                .map(quorum -> Long.toString(fact.applyAsLong(quorum)))
                .orElse(null);
    }

    /** What only a leader can say. */
    private static String ofLeader(ServerView view, ToLongFunction<Zab> fact) {
        return view.mode() == ServerMode.LEADER ? ofMember(view, fact) : null;
    }

    private static long count(Zab quorum, Predicate<Zab.LearnerFacts> which) {
        return quorum.learners().stream().filter(which).count();
    }

    private static boolean isSyncedFollower(Zab quorum, Zab.LearnerFacts learner, boolean voter) {
        return learner.synced()
                && !learner.observer()
                && quorum.settings().members().isVoter(learner.sid()) == voter;
    }

    private static String text(long value) {
        return value < 0 ? null : Long.toString(value);
    }

    /** What the core counts comes from there; everything else from whoever measures it, or null if nobody does. */
    private Long counted(Counter counter, ServerView view) {
        return switch (counter) {
            case STALE_SESSIONS_EXPIRED -> view.stats().sessionsExpired();
            case DIGEST_MISMATCHES_COUNT -> view.stats().digestMismatches();
            case THROTTLED_OPS, UNRECOVERABLE_ERROR_COUNT -> 0L;
            case WRITES_REFUSED_FOR_SPACE -> view.stats().writesRefusedForSpace();
            default -> metrics.isMeasured(counter) ? metrics.value(counter) : null;
        };
    }

    private static void lines(StringBuilder text, String name, Measured measured) {
        line(text, "avg_" + name, Decimals.of(measured.mean()));
        line(text, "min_" + name, Long.toString(measured.least()));
        line(text, "max_" + name, Long.toString(measured.greatest()));
        line(text, "cnt_" + name, Long.toString(measured.count()));
        line(text, "sum_" + name, Long.toString(measured.sum()));
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append("zk_").append(name).append('\t').append(value).append('\n');
    }
}
