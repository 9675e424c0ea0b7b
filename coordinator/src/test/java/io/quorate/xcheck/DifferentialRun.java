package io.quorate.xcheck;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Takes steps on both servers at the same time and compares everything they send. For one thread. */
final class DifferentialRun {

    private static final int DRAIN_EVERY = 8;
    private static final int SESSION_MILLIS = 600_000;
    private static final Request PING = Requests.raw(Op.PING, new byte[0]).at(-2);
    private static final Request CLOSE =
            Requests.raw(Op.CLOSE_SESSION, new byte[0]).atAndClosing(1);

    private final Side reference;
    private final Side candidate;
    private final Runnable servers;
    private final Trail trail = new Trail();
    private final Comparison comparison;
    private long requests;
    private long bursts;

    /** {@code servers} kills both servers and starts them again. */
    DifferentialRun(Side reference, Side candidate, Runnable servers) {
        this.reference = reference;
        this.candidate = candidate;
        this.servers = servers;
        this.comparison = new Comparison(reference, candidate, trail);
    }

    /** How many requests each server has answered. */
    long requests() {
        return requests;
    }

    /** Drops every connection with whatever is on its way; the sessions go on. */
    void disconnect() {
        reference.close();
        candidate.close();
    }

    Tally tally() {
        return comparison.tally();
    }

    /** One round: fresh sessions, the steps, then the whole tree is compared and taken away. */
    void round(List<Step> steps) {
        Keeper keeper = new Keeper(batch -> burst(RoundMaker.KEEPER, batch));
        keeper.open();
        steps.forEach(this::take);
        for (int slot = RoundMaker.KEEPER + 1; slot < RoundMaker.SLOTS; slot++) {
            close(slot);
        }
        keeper.compareAndClean();
        close(RoundMaker.KEEPER);
    }

    void take(Step step) {
        trail.add(step);
        if (step instanceof Step.Burst burst) {
            burst(burst.slot(), burst.requests());
        } else if (step instanceof Step.Resume resume) {
            resume(resume);
        } else if (step instanceof Step.Drop drop) {
            drop(drop.slot());
        } else if (step instanceof Step.Visit visit) {
            visit(visit.handshake(), List.of(CLOSE));
        } else if (step instanceof Step.Intrusion intrusion) {
            intrude(intrusion);
        } else if (step instanceof Step.Expiry expiry) {
            expire(expiry);
        } else if (step instanceof Step.Restart) {
            restart();
        }
    }

    /** Sends the requests on both sides, compares the replies, and returns what the reference sent. */
    Side.Received burst(int slot, List<Request> burst) {
        connect(slot);
        Encoder frames = new Encoder();
        burst.forEach(request -> frames.raw(request.frame(comparison.lastZxid())));
        reference.send(slot, frames.bytes());
        candidate.send(slot, frames.bytes());
        boolean ends = burst.stream().anyMatch(Request::ends);
        Side.Received left = reference.receive(slot, burst.size(), ends);
        Side.Received right = candidate.receive(slot, burst.size(), ends);
        comparison.replies(burst, left, right);
        requests += burst.size();
        bursts++;
        if (bursts % DRAIN_EVERY == 0) {
            drain(IntStream.range(0, RoundMaker.SLOTS).boxed().toList());
        }
        return left;
    }

    /**
     * Flushes out the events of these slots: a ping is answered behind all events of what was answered before. It is not
     * needed after every write, as the next reply on a connection shows its events in the same order; it only shows them
     * sooner. But it must come before a connection ends, which may lose events on the way.
     */
    private void drain(List<Integer> slots) {
        List<Integer> connected = slots.stream()
                .filter(slot -> reference.isConnected(slot) && candidate.isConnected(slot))
                .toList();
        for (int slot : connected) {
            reference.send(slot, PING.frame(0));
            candidate.send(slot, PING.frame(0));
        }
        for (int slot : connected) {
            Side.Received left = reference.receive(slot, 1, false);
            Side.Received right = candidate.receive(slot, 1, false);
            comparison.replies(List.of(PING), left, right);
        }
    }

    private void drop(int slot) {
        drain(List.of(slot));
        reference.drop(slot);
        candidate.drop(slot);
    }

    /** Sees to it that a slot has a connection: the session goes on if it can, else a new one begins. */
    private void connect(int slot) {
        if (reference.isConnected(slot)) {
            return;
        }
        boolean resumed = reference.session(slot) != null
                && handshake(slot, side -> resumption(side, slot, Step.Credentials.RIGHT, SESSION_MILLIS, true));
        if (!resumed) {
            handshake(slot, side -> Handshake.fresh(SESSION_MILLIS));
        }
    }

    private static Handshake resumption(
            Side side, int slot, Step.Credentials credentials, int timeoutMillis, boolean readOnlyByte) {
        Side.Session session = side.session(slot);
        return switch (credentials) {
            case RIGHT -> new Handshake(0, timeoutMillis, session.id(), session.password(), readOnlyByte);
            case WRONG_PASSWORD -> new Handshake(0, timeoutMillis, session.id(), new byte[16], readOnlyByte);
            case SHORT_PASSWORD -> new Handshake(0, timeoutMillis, session.id(), new byte[3], readOnlyByte);
            case UNKNOWN_SESSION -> new Handshake(0, timeoutMillis, 0x1234, new byte[16], readOnlyByte);
        };
    }

    private void resume(Step.Resume step) {
        if (reference.session(step.slot()) == null) {
            connect(step.slot());
        }
        drain(List.of(step.slot()));
        handshake(
                step.slot(),
                side -> resumption(side, step.slot(), step.credentials(), step.timeoutMillis(), step.readOnlyByte()));
        if (step.credentials() == Step.Credentials.WRONG_PASSWORD
                || step.credentials() == Step.Credentials.SHORT_PASSWORD) {
            ended(reference.detach(step.slot()), candidate.detach(step.slot()));
        }
    }

    /** Connects a slot on both sides; returns whether a session was granted. */
    private boolean handshake(int slot, Function<Side, Handshake> words) {
        RawConnection left = greet(reference, words.apply(reference));
        RawConnection right = greet(candidate, words.apply(candidate));
        long granted = welcome(left, right, slot);
        if (granted == 0) {
            ended(left, right);
            return false;
        }
        ended(reference.attach(slot, left), candidate.attach(slot, right));
        return true;
    }

    private static RawConnection greet(Side side, Handshake handshake) {
        RawConnection connection = side.open();
        connection.send(handshake.frame());
        return connection;
    }

    /** Reads and compares both connect responses; returns the reference's session id, 0 if there is none. */
    private long welcome(RawConnection left, RawConnection right, int slot) {
        byte[] expected = left.receive();
        byte[] actual = right.receive();
        long granted = reference.register(slot, expected);
        candidate.register(slot, actual);
        comparison.connects(expected, actual);
        return granted;
    }

    /** Both connections, if they exist, must come to their end with the same frames. */
    private void ended(RawConnection left, RawConnection right) {
        if (left == null || right == null) {
            return;
        }
        comparison.replies(List.of(), Side.receive(left, 0, true), Side.receive(right, 0, true));
        left.close();
        right.close();
    }

    private void intrude(Step.Intrusion intrusion) {
        RawConnection left = reference.open();
        RawConnection right = candidate.open();
        left.send(intrusion.bytes());
        right.send(intrusion.bytes());
        ended(left, right);
    }

    private void visit(Handshake handshake, List<Request> visitorsRequests) {
        int slot = RoundMaker.SLOTS;
        if (handshake(slot, side -> handshake)) {
            burst(slot, visitorsRequests);
        }
    }

    private void expire(Step.Expiry step) {
        visit(Handshake.fresh(0), step.requests());
        drop(RoundMaker.SLOTS);
        long closed = comparison.lastZxid() + 1;
        comparison.closed(closed);
        Awaitility.await().until(() -> reference.lastZxid() >= closed && candidate.lastZxid() >= closed);
    }

    private void restart() {
        drain(IntStream.range(0, RoundMaker.SLOTS).boxed().toList());
        disconnect();
        servers.run();
    }

    private void close(int slot) {
        if (reference.session(slot) != null) {
            take(new Step.Burst(slot, List.of(CLOSE)));
        }
        reference.forget(slot);
        candidate.forget(slot);
    }
}
