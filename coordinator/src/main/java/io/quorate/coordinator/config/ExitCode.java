package io.quorate.coordinator.config;

/** The exit codes of the process; the numbers are ZooKeeper's, so that scripts around it keep working. */
public enum ExitCode {
    OK(0, "ended as asked"),
    OTHER(1, "any failure that is none of those below"),
    CONFIG(2, "the configuration or the command line is wrong"),
    DATA_DIR(3, "a data directory is missing, not a directory or not writable"),
    ELECTION_PORT(14, "the election port cannot be opened");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
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
