package io.quorate.coordinator.config;

/** What a setting does in this version. */
public enum KeyStatus {
    /** The setting does what its line says. */
    BUILT("yes", ""),
    /** Read and checked, but what it tunes in ZooKeeper does not exist here. */
    ACCEPTED("accepted, no effect", "is accepted and has no effect: it tunes a part that only ZooKeeper has"),
    /** The feature is missing today. */
    LATER("not built yet", "is not built yet and has no effect");

    private final String label;
    private final String notice;

    KeyStatus(String label, String notice) {
        this.label = label;
        this.notice = notice;
    }

    /** The word in the table of settings. */
    public String label() {
        return label;
    }

    /** What a server says about a setting of this status that somebody changed; empty if there is nothing to say. */
    String notice() {
        return notice;
    }
}
