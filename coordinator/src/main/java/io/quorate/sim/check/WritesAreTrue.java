package io.quorate.sim.check;

import io.quorate.wire.proto.Create2Response;
import io.quorate.wire.proto.CreateResponse;
import io.quorate.wire.proto.MultiRequest;
import io.quorate.wire.proto.MultiResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.txn.CreateTxn;
import io.quorate.wire.txn.ErrorTxn;
import io.quorate.wire.txn.SetDataTxn;
import io.quorate.wire.txn.TxnEntry;
import java.util.Set;

/** A write that succeeded is the committed transaction that its answer names, with the outcome that the answer tells. */
final class WritesAreTrue implements Invariant {

    private final Model model;

    WritesAreTrue(Model model) {
        this.model = model;
    }

    @Override
    public void answered(Call call, Answer answer, Set<Long> durableAt) {
        if (!isWrite(call.op())) {
            return;
        }
        boolean made = model.isMadeBy(answer.zxid(), call);
        if (answer.err() == 0 && !made) {
            throw new Violation("%s succeeded at %s, where %s is"
                    .formatted(call, Violation.zxid(answer.zxid()), model.entry(answer.zxid())));
        }
        if (made) {
            compare(call, answer, model.entry(answer.zxid()));
        }
    }

    private static boolean isWrite(OpCode op) {
        return switch (op) {
            case CREATE, CREATE2, CREATE_CONTAINER, DELETE, SET_DATA, SET_ACL, MULTI, CLOSE_SESSION -> true;
            default -> false;
        };
    }

    private void compare(Call call, Answer answer, TxnEntry entry) {
        int err = entry.txn() instanceof ErrorTxn error ? error.err() : 0;
        if (err != answer.err()) {
            fail(call, answer, "the transaction has error " + err);
        }
        if (err != 0) {
            return;
        }
        if (answer.body() instanceof CreateResponse created) {
            path(call, answer, entry, created.path());
        } else if (answer.body() instanceof Create2Response created) {
            path(call, answer, entry, created.path());
        } else if (answer.body() instanceof StatResponse stat && entry.txn() instanceof SetDataTxn set) {
            if (stat.stat().version() != set.version() || stat.stat().mzxid() != answer.zxid()) {
                fail(call, answer, "the transaction makes version " + set.version());
            }
        } else if (answer.body() instanceof MultiResponse multi
                && call.request() instanceof MultiRequest asked
                && multi.results().size() != asked.ops().size()) {
            fail(call, answer, "of another size than the request");
        }
    }

    private static void path(Call call, Answer answer, TxnEntry entry, String path) {
        if (entry.txn() instanceof CreateTxn create && !create.path().equals(path)) {
            fail(call, answer, "the transaction creates " + create.path());
        }
    }

    private static void fail(Call call, Answer answer, String why) {
        throw new Violation("%s was answered with %s: %s".formatted(call, answer, why));
    }
}
