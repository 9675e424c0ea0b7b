package io.quorate.coordinator.cli;

import io.quorate.coordinator.config.ProcessFacts;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, as the build wrote it into the jar. */
final class Version implements IVersionProvider {

    /** The number alone, such as {@code 0.1.0}. */
    static String number() {
        return ProcessFacts.version();
    }

    /** One line, for people. */
    static String line() {
        return "Quorate " + number() + ", speaks the protocols of ZooKeeper 3.9, on Java " + Runtime.version();
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
