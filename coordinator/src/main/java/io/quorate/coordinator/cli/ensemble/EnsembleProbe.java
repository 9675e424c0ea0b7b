package io.quorate.coordinator.cli.ensemble;

import io.quorate.coordinator.cli.link.FourLetterWord;
import io.quorate.coordinator.cli.link.ServerAddress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks all members at the same time what they are, by four-letter words, which need no quorum. Used by one thread. */
final class EnsembleProbe {

    private static final Logger LOG = LoggerFactory.getLogger(EnsembleProbe.class);
    private static final Pattern SERVER_ID = Pattern.compile("(?m)^serverId=(\\d+)$");
    private static final int ASKED_AT_A_TIME = 16;

    private final Duration limit;
    private final Roll roll = new Roll();
    private final List<MemberLine> lines = new ArrayList<>();

    /** What one server answers. */
    private record Answers(MemberReport report, List<MemberLine> lines) {}

    /** @param limit for each connection and each answer */
    EnsembleProbe(Duration limit) {
        this.limit = limit;
    }

    /** Asks the servers that were named. */
    void ask(List<ServerAddress> servers) {
        for (Answers answers : all(servers, null)) {
            roll.add(answers.report());
            lines.addAll(answers.lines());
        }
    }

    /** Whether one of those asked serves. */
    boolean somebodyServes() {
        return roll.sorted().stream().anyMatch(MemberReport::serves);
    }

    /** Adds what the configuration in the tree says. */
    void learn(String config) {
        lines.addAll(MemberLine.parse(config));
    }

    /** Asks the members that only the configuration names, and gives the reports of all. */
    EnsembleReport report() {
        List<MemberLine> unknown = new ArrayList<>();
        for (MemberLine line : lines) {
            // The line of a member itself tells its client port, those of others may not: the fuller line counts.
            boolean isBetter = unknown.removeIf(each -> each.id() == line.id() && each.clientOrNull() == null);
            boolean isNew = unknown.stream().noneMatch(each -> each.id() == line.id());
            if (!roll.knows(line) && (isBetter || isNew)) {
                unknown.add(line);
            }
        }
        List<ServerAddress> addresses = unknown.stream()
                .map(line -> line.clientOrNull() != null
                        ? line.clientOrNull()
                        : new ServerAddress(line.host(), roll.usualPort()))
                .toList();
        all(addresses, unknown).forEach(answers -> roll.add(answers.report()));
        return new EnsembleReport(roll.sorted());
    }

    private List<Answers> all(List<ServerAddress> servers, List<MemberLine> linesOrNull) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(servers.size(), ASKED_AT_A_TIME)));
        try {
            List<CompletableFuture<Answers>> asked = new ArrayList<>();
            for (int i = 0; i < servers.size(); i++) {
                ServerAddress server = servers.get(i);
                MemberLine line = linesOrNull == null ? null : linesOrNull.get(i);
                asked.add(CompletableFuture.supplyAsync(() -> answers(server, line), threads));
            }
            return asked.stream().map(CompletableFuture::join).toList();
        } finally {
            threads.shutdown();
        }
    }

    private Answers answers(ServerAddress server, MemberLine lineOrNull) {
        Long id = lineOrNull == null ? null : lineOrNull.id();
        try {
            String srvr = FourLetterWord.ask(server, "srvr", limit);
            String conf = conf(server);
            Matcher own = SERVER_ID.matcher(conf);
            List<MemberLine> told = MemberLine.parse(conf);
            if (own.find() && !told.isEmpty()) {
                id = Long.parseLong(own.group(1));
            }
            return new Answers(report(id, server, srvr), told);
        } catch (IOException e) {
            String reason =
                    e.getMessage() == null ? e.toString() : e.getMessage().toLowerCase(Locale.ROOT);
            boolean guessed = lineOrNull != null && lineOrNull.clientOrNull() == null;
            String hint = guessed ? "; its client port is not known, so give it with --server" : "";
            return new Answers(new MemberReport(id, server, null, reason + hint), List.of());
        }
    }

    /** Its configuration; empty if it does not tell, for this only adds to what is known. */
    private String conf(ServerAddress server) {
        try {
            return FourLetterWord.ask(server, "conf", limit);
        } catch (IOException e) {
            LOG.debug("{} does not answer to conf", server, e);
            return "";
        }
    }

    static MemberReport report(Long id, ServerAddress server, String srvr) {
        Summary summary = Summary.parse(srvr);
        if (summary != null) {
            return new MemberReport(
                    id, server, summary, summary.isReadOnly() ? "serves only who only reads: it sees no quorum" : null);
        }
        boolean waits = srvr.contains("not currently serving");
        String problem = waits
                ? "runs, but does not serve: it sees no quorum"
                : "gives no answer that a coordinator would give: "
                        + srvr.lines().findFirst().orElse("nothing at all");
        return new MemberReport(id, server, null, problem);
    }
}
