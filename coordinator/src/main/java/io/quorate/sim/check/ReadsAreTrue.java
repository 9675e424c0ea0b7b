package io.quorate.sim.check;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetChildren2Response;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.GetChildrenResponse;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.Stat;
import io.quorate.wire.proto.StatResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** What a read is answered is the state after the transaction that the answer names, and nothing uncommitted. */
final class ReadsAreTrue implements Invariant {

    private final Model model;

    ReadsAreTrue(Model model) {
        this.model = model;
    }

    @Override
    public void answered(Call call, Answer answer, Set<Long> durableAt) {
        if (call.request() instanceof GetDataRequest read) {
            presence(call, answer, read.path());
            if (answer.body() instanceof GetDataResponse data) {
                stat(call, answer, read.path(), data.stat());
                if (!Arrays.equals(
                        data.data(), model.at(read.path(), answer.zxid()).data())) {
                    fail(call, answer, "other data");
                }
            }
        } else if (call.request() instanceof ExistsRequest read) {
            presence(call, answer, read.path());
            if (answer.body() instanceof StatResponse found) {
                stat(call, answer, read.path(), found.stat());
            }
        } else if (call.request() instanceof GetChildrenRequest read) {
            presence(call, answer, read.path());
            children(call, answer, read.path());
        }
    }

    private void presence(Call call, Answer answer, String path) {
        boolean there = model.at(path, answer.zxid()).there();
        int expected = there ? ErrorCode.OK.code() : ErrorCode.NO_NODE.code();
        boolean ofSession = answer.err() != ErrorCode.OK.code() && answer.err() != ErrorCode.NO_NODE.code();
        if (answer.err() != expected && !ofSession) {
            fail(call, answer, there ? "it is there" : "it is not there");
        }
    }

    private void stat(Call call, Answer answer, String path, Stat stat) {
        Model.Node node = model.at(path, answer.zxid());
        boolean equal = stat.czxid() == node.czxid()
                && stat.mzxid() == node.mzxid()
                && stat.pzxid() == node.pzxid()
                && stat.version() == node.version()
                && stat.ephemeralOwner() == node.owner();
        if (!equal) {
            fail(call, answer, "it is " + node);
        }
    }

    private void children(Call call, Answer answer, String path) {
        List<String> told;
        if (answer.body() instanceof GetChildrenResponse names) {
            told = new ArrayList<>(names.children());
        } else if (answer.body() instanceof GetChildren2Response names) {
            told = new ArrayList<>(names.children());
        } else {
            return;
        }
        Collections.sort(told);
        List<String> there = model.childrenAt(path, answer.zxid());
        if (!told.equals(there)) {
            fail(call, answer, "there are " + there);
        }
    }

    private static void fail(Call call, Answer answer, String why) {
        throw new Violation("%s was answered with %s, but after %s: %s"
                .formatted(call, answer, Violation.zxid(answer.zxid()), why));
    }
}
