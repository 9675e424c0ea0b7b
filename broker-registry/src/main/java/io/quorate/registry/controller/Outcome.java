package io.quorate.registry.controller;

import io.quorate.registry.tree.Written;
import io.quorate.wire.proto.ErrorCode;
import java.util.List;

/**
 * What became of a {@link Change}.
 *
 * @param kind what happened
 * @param error why it was refused, or is not known to be carried out
 * @param index which of its writes was refused; -1 if none was
 * @param results one for each write, if it was carried out
 * @param zxid of the transaction, if it was carried out
 */
record Outcome(Kind kind, ErrorCode error, int index, List<Written> results, long zxid) {
    enum Kind {
        /** Carried out. */
        DONE,
        /** Not carried out, because one of its own writes was impossible. */
        REFUSED,
        /** There was no answer, or nothing was sent any more: nobody knows. */
        LOST
    }

    static Outcome done(List<Written> results, long zxid) {
        return new Outcome(Kind.DONE, ErrorCode.OK, -1, results, zxid);
    }

    static Outcome refused(ErrorCode error, int index) {
        return new Outcome(Kind.REFUSED, error, index, List.of(), -1);
    }

    static Outcome lost(ErrorCode error) {
        return new Outcome(Kind.LOST, error, -1, List.of(), -1);
    }

    boolean isDone() {
        return kind == Kind.DONE;
    }
}
