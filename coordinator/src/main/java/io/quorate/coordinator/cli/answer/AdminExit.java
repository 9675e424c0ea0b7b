package io.quorate.coordinator.cli.answer;

/** The exit codes of the admin commands; scripts tell with them what to do next (consumer-groups G3). */
public enum AdminExit {
    OK(0, "done"),
    FAILED(1, "the command line is wrong, or a failure that is none of those below"),
    NOT_FOUND(2, "what was asked for is not there"),
    UNHEALTHY(3, "the answer is complete, and something in it is not as it should be"),
    CONFLICT(4, "it exists already, has another version, or is in use"),
    CONNECTION(5, "no server could be reached, or the connection was lost");

    private final int code;
    private final String meaning;

    AdminExit(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** What the process returns to its parent. */
    public int code() {
        return code;
    }

    /** One line for operators. */
    public String meaning() {
        return meaning;
    }
}
