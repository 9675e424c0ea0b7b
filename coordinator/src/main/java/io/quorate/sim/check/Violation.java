package io.quorate.sim.check;

/** A property that must hold does not. */
public final class Violation extends AssertionError {

    private static final long serialVersionUID = 1L;

    public Violation(String what) {
        super(what);
    }

    /** With what it came from. */
    public Violation(String what, Throwable cause) {
        super(what, cause);
    }

    static String zxid(long zxid) {
        return (zxid >> Integer.SIZE) + ":" + (zxid & 0xffff_ffffL);
    }
}
