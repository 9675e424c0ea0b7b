package io.quorate.xcheck;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares what the two servers sent for the same step, frame by frame in the order of arrival. */
final class Comparison {

    private static final Comparator<Seen> BY_TEXT = Comparator.comparing(Seen::text);

    private final Side reference;
    private final Side candidate;
    private final Trail trail;
    private final Set<Long> closings = new HashSet<>();
    private final Tally tally = new Tally();
    private long lastZxid;

    Comparison(Side reference, Side candidate, Trail trail) {
        this.reference = reference;
        this.candidate = candidate;
        this.trail = trail;
    }

    Tally tally() {
        return tally;
    }

    /** The highest zxid that the reference has answered with. */
    long lastZxid() {
        return lastZxid;
    }

    /** Says that a transaction closed a session: its events come in no particular order (semantics 4.2). */
    void closed(long zxid) {
        closings.add(zxid);
    }

    /** Compares the replies to requests and the events among them. */
    void replies(List<Request> requests, Side.Received left, Side.Received right) {
        noteClosing(requests, left);
        List<Seen> expected = mask(requests, left, reference);
        List<Seen> actual = mask(requests, right, candidate);
        int answered = 0;
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            Seen one = expected.get(i);
            Seen other = actual.get(i);
            Request request = one.event() || answered >= requests.size() ? null : requests.get(answered);
            if (!one.matches(other) && !DeliberateDifference.explained(request, one, other)) {
                throw found("frame " + (i + 1) + " differs, request: " + request, one.text(), other.text());
            }
            answered += one.event() ? 0 : 1;
            lastZxid = Math.max(lastZxid, one.zxid());
        }
        endings(left, right, expected, actual);
        count(requests, left);
    }

    /** The reply to closeSession is the last frame, behind the events it caused on its own connection. */
    private void noteClosing(List<Request> requests, Side.Received received) {
        boolean closes = requests.stream().anyMatch(request -> request.type() == Op.CLOSE_SESSION);
        if (closes && !received.frames().isEmpty()) {
            byte[] last = received.frames().get(received.frames().size() - 1);
            closed(Layouts.reply(Op.CLOSE_SESSION, last, reference::numberOf).zxid());
        }
    }

    private void count(List<Request> requests, Side.Received received) {
        int answered = 0;
        for (byte[] frame : received.frames()) {
            boolean event = Layouts.isEvent(frame);
            tally.count(event || answered >= requests.size() ? null : requests.get(answered), frame);
            answered += event ? 0 : 1;
        }
    }

    /** Compares two connect responses, null for a connection closed without one. */
    void connects(byte[] left, byte[] right) {
        Seen expected = left == null ? null : Layouts.connect(left, reference::numberOf);
        Seen actual = right == null ? null : Layouts.connect(right, candidate::numberOf);
        boolean bothClosed = expected == null && actual == null;
        boolean same = expected != null && actual != null && expected.matches(actual);
        if (!bothClosed && !same) {
            throw found(
                    "connect response differs",
                    expected == null ? "closed" : expected.text(),
                    actual == null ? "closed" : actual.text());
        }
    }

    private void endings(Side.Received left, Side.Received right, List<Seen> expected, List<Seen> actual) {
        if (expected.size() != actual.size() || left.closed() != right.closed() || !same(left, right)) {
            String threads = silent(reference, left) + silent(candidate, right);
            throw found("the stream ends differently", tell(expected, left), tell(actual, right) + threads);
        }
        if (!left.trouble().isEmpty()) {
            throw found("neither server finished", tell(expected, left), tell(actual, right));
        }
    }

    /** What a server that does not answer is doing. */
    private static String silent(Side side, Side.Received received) {
        return received.trouble().isEmpty() ? "" : "\n" + side.name() + " prints:\n" + side.threads();
    }

    private static boolean same(Side.Received left, Side.Received right) {
        return left.trouble().equals(right.trouble());
    }

    private static String tell(List<Seen> frames, Side.Received received) {
        StringBuilder text = new StringBuilder();
        frames.forEach(frame -> text.append("\n      ").append(frame.text()));
        return text.append(received.closed() ? "\n      closed" : "\n      open")
                .append(received.trouble().isEmpty() ? "" : ", " + received.trouble())
                .toString();
    }

    private List<Seen> mask(List<Request> requests, Side.Received received, Side side) {
        List<Seen> seen = new ArrayList<>();
        int answered = 0;
        for (byte[] frame : received.frames()) {
            int type = answered < requests.size() ? requests.get(answered).type() : Op.PING;
            Seen masked = Layouts.reply(type, frame, side::numberOf);
            answered += masked.event() ? 0 : 1;
            seen.add(masked);
        }
        sortEvents(seen);
        return seen;
    }

    private void sortEvents(List<Seen> seen) {
        int from = 0;
        while (from < seen.size()) {
            int to = from;
            while (to < seen.size()
                    && seen.get(to).event()
                    && seen.get(to).zxid() == seen.get(from).zxid()) {
                to++;
            }
            seen.subList(from, to).sort(BY_TEXT);
            from = Math.max(to, from + 1);
        }
    }

    DifferenceFound found(String what, String left, String right) {
        return new DifferenceFound(what + "\n  " + reference.name() + ": " + left + "\n  " + candidate.name() + ": "
                + right + "\nthe last steps:\n" + trail.tell());
    }
}
