package io.quorate.coordinator.cli.link;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Finds out why no session could be had, server by server, so that the operator need not. */
final class Diagnosis {

    private Diagnosis() {}

    /** One line for each server, after waiting at most {@code limit} for each. */
    static String of(List<ServerAddress> servers, Duration limit) {
        return servers.stream()
                .map(server -> "\n  " + server + ": " + of(server, limit))
                .collect(Collectors.joining());
    }

    private static String of(ServerAddress server, Duration limit) {
        try {
            return meaning(FourLetterWord.ask(server, "srvr", limit));
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.toString() : e.getMessage();
            return reason.toLowerCase(Locale.ROOT);
        }
    }

    private static String meaning(String answer) {
        if (answer.contains("not currently serving")) {
            return "runs, but does not serve: its ensemble has no quorum now";
        }
        if (answer.contains("Mode:")) {
            return "serves, but gave no session in time: try again, or a longer --timeout";
        }
        return answer.isEmpty()
                ? "took the connection and closed it without an answer: is it a coordinator, and may this host connect?"
                : "something else listens there: " + answer.lines().findFirst().orElse("");
    }
}
