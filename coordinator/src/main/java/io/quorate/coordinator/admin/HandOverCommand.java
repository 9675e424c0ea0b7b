package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.HandOverResult;
import io.quorate.coordinator.core.ServerView;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Asks a leader to let another member lead, and answers when that one does: {@code hand} takes the follower that is furthest,
 * {@code hdto} the server whose number follows in eight digits. Whoever may send it can end every leader's term, so it must be
 * named in the whitelist.
 */
final class HandOverCommand implements AdminCommand {

    private static final long ANY = 0;
    private static final long NONE = -1;

    private final boolean names;

    /** @param names true if the successor is named */
    HandOverCommand(boolean names) {
        this.names = names;
    }

    @Override
    public String name() {
        return names ? "hdto" : "hand";
    }

    @Override
    public Needs needs() {
        return Needs.CORE;
    }

    @Override
    public boolean mustBeNamed() {
        return true;
    }

    @Override
    public int argumentBytes() {
        return names ? Long.BYTES : 0;
    }

    @Override
    public String run(ServerView view, long argument) {
        throw new UnsupportedOperationException("the answer comes later");
    }

    @Override
    public void run(ServerView view, long argument, Consumer<String> answer) {
        long successor = names ? number(argument) : ANY;
        if (successor == NONE) {
            answer.accept("Not handed over: the number of a server is wanted in eight digits, as in hdto00000002.\n");
        } else {
            view.handOver(successor, result -> answer.accept(text(result)));
        }
    }

    /** What eight bytes say that should be digits, −1 if they say no number of a server. */
    static long number(long argument) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(argument).array();
        String digits = new String(bytes, StandardCharsets.US_ASCII);
        boolean isNumber = digits.chars().allMatch(letter -> letter >= '0' && letter <= '9');
        long number = isNumber ? Long.parseLong(digits) : 0;
        return number > 0 ? number : NONE;
    }

    private static String text(HandOverResult result) {
        if (result.isDone()) {
            return "Server %d leads now, after %d ms.\n".formatted(result.successor(), result.millis());
        }
        return "Not handed over: " + result.refusal() + ".\n";
    }
}
