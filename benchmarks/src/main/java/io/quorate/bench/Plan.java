package io.quorate.bench;

/** The sizes of a run: how long each load is measured, and how many znodes the big tree has. */
record Plan(Span span, int znodes) {}
