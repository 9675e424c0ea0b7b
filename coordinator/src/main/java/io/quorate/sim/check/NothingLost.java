package io.quorate.sim.check;

import io.quorate.wire.quorum.Zxid;
import io.quorate.wire.txn.TxnEntry;
import java.util.Set;

/** P9: what a client was told was committed, and in the end every server has it. */
final class NothingLost implements Invariant {

    private long lastCommitted;
    private long lastTold;
    private Call toldTo;

    @Override
    public void committed(TxnEntry entry) {
        lastCommitted = entry.header().zxid();
    }

    @Override
    public void answered(Call call, Answer answer, Set<Long> durableAt) {
        if (Zxid.counter(answer.zxid()) == 0) {
            // The beginning of an epoch, or none at all: no transaction.
            return;
        }
        if (answer.zxid() > lastCommitted) {
            throw new Violation("%s was answered with %s, but nothing is committed behind %s"
                    .formatted(call, Violation.zxid(answer.zxid()), Violation.zxid(lastCommitted)));
        }
        if (answer.zxid() > lastTold) {
            lastTold = answer.zxid();
            toldTo = call;
        }
    }

    @Override
    public void settled(long sid, long zxid) {
        if (zxid < lastTold) {
            throw new Violation("server %d ends at %s; %s was answered with %s"
                    .formatted(sid, Violation.zxid(zxid), toldTo, Violation.zxid(lastTold)));
        }
        if (zxid != lastCommitted) {
            throw new Violation("server %d ends at %s, others delivered %s"
                    .formatted(sid, Violation.zxid(zxid), Violation.zxid(lastCommitted)));
        }
    }
}
