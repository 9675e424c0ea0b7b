package io.quorate.coordinator.zab;

/**
 * The planned end of a leader's epoch: what is in flight is committed, nothing new is proposed, and then a chosen member leads, or
 * this one in a new epoch.
 */
final class Succession {

    private static final long NOBODY = -1;

    private final Leading leading;
    private final Zab zab;
    private final ZabSettings settings;
    private final History history;

    /** Who is to lead next, once everything proposed is committed; {@link #NOBODY} while this server goes on. */
    private long successor = NOBODY;

    private long markerZxid;
    private long deadlineMillis = Long.MAX_VALUE;

    Succession(Leading leading, Zab zab) {
        this.leading = leading;
        this.zab = zab;
        this.settings = zab.settings();
        this.history = zab.history();
    }

    /** Lets another member lead from now on. Returns why that is not possible, or null. */
    String handOver(long to) {
        if (!leading.isServing() || isUnderWay()) {
            return "the leader is busy with an election or a hand-over";
        }
        if (leading.synced(to) == null || settings.members().weight(to) == 0) {
            return "server " + to + " is no voter that follows";
        }
        zab.say("handing over to server " + to);
        begin(to);
        advance();
        return null;
    }

    /** The voter that should lead next if nobody says which: the one whose disk is furthest; −1 if none follows. */
    long best() {
        Handler best = null;
        for (long sid : settings.members().voters()) {
            Handler handler = settings.members().weight(sid) == 0 ? null : leading.synced(sid);
            if (handler != null && (best == null || handler.acked >= best.acked)) {
                best = handler;
            }
        }
        return best == null ? NOBODY : best.sid();
    }

    boolean isUnderWay() {
        return successor != NOBODY;
    }

    /** Nothing is served meanwhile: another server gets no longer than a tick, and this one as long as its disk may take. */
    void begin(long to) {
        successor = to;
        long ticks = to == settings.sid() ? settings.syncLimit() : 1;
        deadlineMillis = zab.now() + ticks * settings.tickMillis();
    }

    /** Whether a transaction is out that nobody but the successor may have, and that must not be committed in this epoch. */
    boolean hasMarker() {
        return markerZxid != 0;
    }

    boolean isMarker(long zxid) {
        return zxid == markerZxid;
    }

    /** When it has failed, if nothing happens until then; never, if it is not under way. */
    long deadline() {
        return deadlineMillis;
    }

    boolean hasFailed(long nowMillis) {
        return isUnderWay() && (isSuccessorGone() || nowMillis >= deadlineMillis);
    }

    private boolean isSuccessorGone() {
        return successor != settings.sid() && leading.synced(successor) == null;
    }

    /** It has failed. As long as the successor has nothing that others lack, this server can simply go on. */
    void end() {
        String why = "server " + successor + " did not take over in time";
        if (markerZxid == 0) {
            zab.say(why + ": this server goes on");
            successor = NOBODY;
            deadlineMillis = Long.MAX_VALUE;
        } else {
            zab.leave(why);
        }
    }

    /**
     * Goes on as far as it can. A last transaction that nobody but the successor gets makes its history the most recent one, so
     * that it is elected whatever the numbers of the servers. It changes nothing, and no server but the next leader can ever
     * commit it.
     */
    void advance() {
        if (!isUnderWay() || isSuccessorGone() || history.uncommitted() > (markerZxid == 0 ? 0 : 1)) {
            return;
        }
        boolean toItself = successor == settings.sid();
        Handler handler = leading.synced(successor);
        if (markerZxid == 0) {
            markerZxid = leading.takeZxid();
            Proposal marker = new Proposal(markerZxid, zab.service().marker(markerZxid));
            if (toItself) {
                history.append(marker);
            } else {
                handler.propose(marker.packet(), zab.now());
            }
        } else if (toItself ? history.flushed() >= markerZxid : handler.acked >= markerZxid) {
            zab.leaveFor(successor, markerZxid, "server " + successor + " leads from now on");
        }
    }
}
