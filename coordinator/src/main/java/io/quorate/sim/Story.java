package io.quorate.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * What happened, in order: always as a hash, by which two runs of a seed are compared, and as text if somebody wants to read
 * it.
 */
public final class Story {

    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final int LINES_MAX = 2_000_000;

    private final Scheduler time;
    private final List<String> lines;
    private long hash = PRIME;

    /** @param kept whether the text is wanted */
    public Story(Scheduler time, boolean kept) {
        this.time = time;
        this.lines = kept ? new ArrayList<>() : null;
    }

    /** True if the text is kept. */
    public boolean isKept() {
        return lines != null;
    }

    /** Tells what happened at a server or client, with the one number that matters most of it. */
    public void tell(String who, String what, long number) {
        mix(what.hashCode());
        mix(number);
        if (lines != null) {
            add(who, what + " " + number(number));
        }
    }

    /** Tells more; the text is made only if it is wanted. What it says must be in the hash by other means. */
    public void tell(String who, Supplier<String> text) {
        if (lines != null) {
            add(who, text.get());
        }
    }

    /** Puts a number into the hash. */
    public void mix(long number) {
        hash = (hash ^ number ^ time.nowMicros()) * PRIME;
        hash ^= hash >>> 29;
    }

    private void add(String who, String text) {
        if (lines.size() < LINES_MAX) {
            lines.add(String.format(
                    Locale.ROOT, "%10.3f  %-4s %s", time.nowMicros() / (double) Scheduler.MILLI, who, text));
        }
    }

    /** Zxids as epoch and counter, other numbers as they are. */
    public static String number(long number) {
        long epoch = number >> Integer.SIZE;
        return epoch == 0 || number < 0 ? Long.toString(number) : epoch + ":" + (number & 0xffff_ffffL);
    }

    public long hash() {
        return hash;
    }

    /** The text, one line for each thing that happened, with the time in milliseconds. */
    public List<String> lines() {
        return lines == null ? List.of() : lines;
    }
}
