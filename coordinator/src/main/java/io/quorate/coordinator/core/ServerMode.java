package io.quorate.coordinator.core;

/** What a server is for its clients, in the words of the four-letter commands. */
public enum ServerMode {
    STANDALONE("standalone"),
    LEADER("leader"),
    FOLLOWER("follower"),
    OBSERVER("observer"),
    READ_ONLY("read-only"),

    /** It has no quorum, or takes over a leader's history, and answers no client. */
    NOT_SERVING("");

    private final String text;

    ServerMode(String text) {
        this.text = text;
    }

    /** True if the state is what a quorum agreed on, and nothing else: without one it may hold more. */
    public boolean isAgreed() {
        return switch (this) {
            case STANDALONE, LEADER, FOLLOWER, OBSERVER -> true;
            case READ_ONLY, NOT_SERVING -> false;
        };
    }

    /** As in {@code srvr}; empty for {@link #NOT_SERVING}. */
    public String text() {
        return text;
    }
}
