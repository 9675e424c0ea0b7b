package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;

/** Has no leader, and looks for one; first of all, what a role before it ordered of the disk must have come back. */
final class Looking implements Role {

    private final Zab zab;
    private boolean electing;

    Looking(Zab zab) {
        this.zab = zab;
    }

    @Override
    public void begin() {
        settle();
    }

    private void settle() {
        History history = zab.history();
        if (electing || !history.isSettled()) {
            return;
        }
        if (history.memoryDiffers()) {
            zab.say("taking the state from disk again: a copy of a leader's was not completed");
            history.reload(Long.MAX_VALUE);
        }
        if (!history.isSettled()) {
            return;
        }
        electing = true;
        zab.look();
    }

    /** True once the election has begun. */
    boolean isElecting() {
        return electing;
    }

    @Override
    public void end() {}

    @Override
    public long tick() {
        return electing ? zab.electionTick() : Long.MAX_VALUE;
    }

    /** Whoever comes takes this server for the leader, and may know more of the election: it waits. */
    @Override
    public void onAccepted(Link link) {
        zab.early().put(link, null);
    }

    @Override
    public void onPacket(Link link, QuorumPacket packet) {
        if (!zab.early().containsKey(link)) {
            return;
        }
        if (zab.early().put(link, packet) != null) {
            zab.early().remove(link);
            link.close();
        }
    }

    @Override
    public void onLinkGone(Link link) {
        zab.early().remove(link);
    }

    @Override
    public void onFlushed() {
        settle();
    }

    @Override
    public void onCut(long zxid) {
        settle();
    }

    @Override
    public void onSnapshotStored(long zxid, boolean stored) {
        settle();
    }
}
