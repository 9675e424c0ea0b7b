package io.quorate.xcheck;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One step of a run. Steps name sessions by slot and make sense in any subset: what a step needs (a connection) is brought
 * about first. That is what makes a failing round shrinkable.
 */
sealed interface Step {

    /** Requests sent at once on the connection of a slot; all replies are awaited. */
    record Burst(int slot, List<Request> requests) implements Step {
        @Override
        public String toString() {
            return requests.stream()
                    .map(Request::toString)
                    .collect(Collectors.joining("\n      ", "session " + slot + ": ", ""));
        }
    }

    /** A second connection for the session of a slot while the first may still be open. */
    record Resume(int slot, Credentials credentials, int timeoutMillis, boolean readOnlyByte) implements Step {}

    /** The client goes away without a word; its session lives on. */
    record Drop(int slot) implements Step {}

    /** A session of its own for a moment: connect as given, then closeSession. */
    record Visit(Handshake handshake) implements Step {}

    /** Bytes on a new connection that the server must answer by closing it. */
    record Intrusion(String text, byte[] bytes) implements Step {
        @Override
        public String toString() {
            return "Intrusion: " + text;
        }
    }

    /** A session of its own with the shortest timeout sends these requests and vanishes; its expiry is awaited. */
    record Expiry(List<Request> requests) implements Step {}

    /** Both servers are killed and started again on their data; the sessions go on. */
    record Restart() implements Step {}

    /** What a resume offers as proof. */
    enum Credentials {
        RIGHT,
        WRONG_PASSWORD,
        SHORT_PASSWORD,
        UNKNOWN_SESSION
    }
}
