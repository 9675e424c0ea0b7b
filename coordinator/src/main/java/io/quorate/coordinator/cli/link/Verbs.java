package io.quorate.coordinator.cli.link;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What a command that only groups others says when none of these is named. */
public final class Verbs {

    private Verbs() {}

    /** The failure that names them. */
    public static ParameterException missing(CommandSpec spec) {
        return new ParameterException(
                spec.commandLine(),
                "say what to do with the " + spec.name() + ": "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}
