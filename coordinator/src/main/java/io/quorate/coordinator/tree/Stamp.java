package io.quorate.coordinator.tree;

/** When a transaction happens: its zxid, and the wall clock in milliseconds as the leader read it. */
public record Stamp(long zxid, long timeMillis) {}
