package io.quorate.coordinator.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code quorate config}: prints every setting with its default and its meaning. */
@Command(name = "config", description = "Print every setting.", mixinStandardHelpOptions = true)
final class ConfigCommand implements Runnable {

    @Option(names = "--markdown", description = "As the table of the operator's manual.")
    private boolean markdown;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        (markdown ? KeyTable.markdown() : KeyTable.text()).forEach(out::println);
    }
}
