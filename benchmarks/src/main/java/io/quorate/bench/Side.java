package io.quorate.bench;

/** One column of a comparison: its heading and the kind of server. */
record Side(String label, ServerKind kind) {}
