package io.quorate.coordinator.cli.brokers;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The one topic that a command is about: a word of its own, or as {@code kafka-topics.sh} takes it. */
final class TopicName {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "TOPIC")
    private String name;

    @Option(names = "--topic", paramLabel = "TOPIC", description = "The same as TOPIC; a name, no expression.")
    private String alias;

    /** It; that there is none, or that there are two, is a wrong command line. */
    String required() {
        if ((name == null) == (alias == null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    name == null ? "Missing required parameter: 'TOPIC'" : "TOPIC and --topic are the same: give one");
        }
        return name == null ? alias : name;
    }
}
