package io.quorate.registry.layout;

import io.quorate.registry.model.PartitionState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the body of a partition's state in one pass, its keys in any order (registry spec 13.6). It knows whole numbers of up to
 * nine digits and lists of them, which is all that anybody writes there; whatever else it meets it leaves to a parser that knows
 * all of JSON. Used once.
 */
final class StateScanner {
    private static final int DIGITS_MAX = 9;
    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final byte[] data;
    private int at;
    private boolean isStrange;
    private int leader = UNKNOWN;
    private int leaderEpoch = UNKNOWN;
    private int controllerEpoch = UNKNOWN;
    private int recovery;
    private List<Integer> isr;

    StateScanner(byte[] data) {
        this.data = data;
    }

    /** The state; null if another parser must look at the body. */
    PartitionState scan() {
        expect('{');
        do {
            field();
        } while (!isStrange && accept(','));
        expect('}');
        skipSpace();
        boolean isWhole = at == data.length
                && leader != UNKNOWN
                && leaderEpoch != UNKNOWN
                && controllerEpoch != UNKNOWN
                && isr != null;
        return isStrange || !isWhole ? null : new PartitionState(leader, leaderEpoch, isr, controllerEpoch, recovery);
    }

    private void field() {
        String key = key();
        expect(':');
        switch (key) {
            case "leader" -> leader = number();
            case "leader_epoch" -> leaderEpoch = number();
            case "controller_epoch" -> controllerEpoch = number();
            case StateJson.RECOVERY -> recovery = number();
            case "isr" -> isr = numbers();
            default -> number();
        }
    }

    /** Letters and underscores; others have never been seen. */
    private String key() {
        expect('"');
        int from = at;
        while (at < data.length && (data[at] == '_' || (data[at] >= 'a' && data[at] <= 'z'))) {
            at++;
        }
        String key = new String(data, from, at - from, StandardCharsets.US_ASCII);
        isStrange |= at == data.length || data[at++] != '"';
        return key;
    }

    private List<Integer> numbers() {
        List<Integer> found = new ArrayList<>();
        expect('[');
        if (!accept(']')) {
            do {
                found.add(number());
            } while (!isStrange && accept(','));
            expect(']');
        }
        return found;
    }

    private int number() {
        boolean isNegative = accept('-');
        if (!isNegative) {
            skipSpace();
        }
        int from = at;
        int value = 0;
        while (at < data.length && data[at] >= '0' && data[at] <= '9' && at - from <= DIGITS_MAX) {
            value = value * 10 + data[at++] - '0';
        }
        int digits = at - from;
        boolean isPadded = digits > 1 && data[from] == '0';
        isStrange |= digits == 0 || digits > DIGITS_MAX || isPadded || (isNegative && value == 0);
        return isNegative ? -value : value;
    }

    private void expect(char wanted) {
        isStrange |= !accept(wanted);
    }

    private boolean accept(char wanted) {
        skipSpace();
        if (at < data.length && data[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpace() {
        while (at < data.length && (data[at] == ' ' || data[at] == '\n' || data[at] == '\r' || data[at] == '\t')) {
            at++;
        }
    }
}
