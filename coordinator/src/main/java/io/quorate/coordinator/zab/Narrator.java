package io.quorate.coordinator.zab;

/** Hears what happens to a member's role, in sentences for an operator's log or a trace. Rare: never per transaction. */
public interface Narrator {

    void say(String event);
}
