package io.quorate.coordinator.cli.brokers;

import io.quorate.coordinator.cli.link.Verbs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code quorate controller}. */
@Command(
        name = "controller",
        description = {"Show which broker is controller.", "", "Example: quorate controller show"},
        subcommands = ControllerShowCommand.class,
        mixinStandardHelpOptions = true)
public final class ControllerCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Verbs.missing(spec);
    }
}
