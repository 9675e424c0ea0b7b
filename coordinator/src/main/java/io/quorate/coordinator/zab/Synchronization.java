package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.Zxid;
import java.util.Iterator;

/** How a leader brings its learners to its own history (quorum protocol, section 8). */
final class Synchronization {

    private final Zab zab;
    private final ZabSettings settings;
    private final History history;

    Synchronization(Zab zab) {
        this.zab = zab;
        this.settings = zab.settings();
        this.history = zab.history();
    }

    /** Decides what the learner lacks, and sends it (section 8.2). From here on it gets live traffic. */
    void synchronize(Handler handler, long epoch) {
        CommittedWindow window = history.window();
        long last = handler.lastZxid;
        boolean epochStart = Zxid.counter(last) == 0;
        if (settings.forceSnapshot()) {
            copy(handler);
        } else if (last == history.lastApplied()) {
            begin(handler, epoch, QuorumPacket.diff(last), last);
        } else if (last > window.max() && !epochStart) {
            begin(handler, epoch, QuorumPacket.trunc(window.max()), window.max());
        } else if (last < window.base() || last > window.max()) {
            copy(handler);
        } else {
            long floor = window.floor(last);
            long next = window.after(last).isEmpty()
                    ? last
                    : window.after(last).get(0).zxid();
            if (floor == last || epochStart) {
                begin(handler, epoch, QuorumPacket.diff(window.max()), last);
            } else if (Zxid.epoch(next) == Zxid.epoch(last)) {
                begin(handler, epoch, QuorumPacket.trunc(floor), floor);
            } else {
                copy(handler);
            }
        }
    }

    private void begin(Handler handler, long epoch, QuorumPacket opening, long from) {
        zab.say("synchronizing %s at 0x%x by %s".formatted(handler, handler.lastZxid, opening));
        handler.stage = Handler.Stage.STREAMING;
        handler.link.send(opening);
        for (Proposal committed : history.window().after(from)) {
            handler.send(committed.packet());
            handler.send(QuorumPacket.commit(committed.zxid()));
        }
        sendUncommitted(handler);
        complete(handler, epoch);
    }

    /** A whole copy of the state, if the tree is not being walked for another purpose; otherwise later. */
    private void copy(Handler handler) {
        if (!zab.service().canStream()) {
            return;
        }
        QuorumPacket opening = QuorumPacket.snap(history.lastApplied());
        zab.say("synchronizing %s at 0x%x by %s".formatted(handler, handler.lastZxid, opening));
        handler.stage = Handler.Stage.STREAMING;
        handler.link.send(opening);
        sendUncommitted(handler);
        zab.service().stream(handler.link);
    }

    private void sendUncommitted(Handler handler) {
        if (handler.observer) {
            return;
        }
        for (Iterator<Proposal> each = history.tail(); each.hasNext(); ) {
            handler.propose(each.next().packet(), zab.now());
        }
    }

    /** The learner has been sent all that it lacked: it may take over the history. */
    void complete(Handler handler, long epoch) {
        handler.streamed();
        handler.forgive(history.lastApplied());
        handler.send(QuorumPacket.newLeader(epoch, settings.members().text()));
    }
}
