package io.quorate.bench;

import java.util.List;

/** One column of a comparison: its heading, the kind of server, JVM options and zoo.cfg lines for its server. */
record Side(String label, ServerKind kind, List<String> jvm, List<String> settings) {

    @Override
    public String toString() {
        return label + ": " + kind + " " + String.join(" ", jvm) + " " + String.join(" ", settings);
    }
}
