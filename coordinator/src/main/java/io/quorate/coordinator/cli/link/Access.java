package io.quorate.coordinator.cli.link;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.answer.Json;
import io.quorate.coordinator.cli.answer.LongAnswer;
import io.quorate.coordinator.cli.answer.OutputFormat;
import io.quorate.groups.read.GroupReadException;
import io.quorate.registry.store.PipelinedReads.ReadRefusedException;
import io.quorate.wire.client.CoordinatorException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every admin command has, and the frame in which it runs: connect, catch up, ask, print, leave. */
public final class Access {

    /** What a command does once there is a session. */
    @FunctionalInterface
    public interface Question {
        /** Asks, or changes something; throws what the client throws, or a message of its own. */
        Answer ask(Link link) throws AdminException;
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT,...",
            defaultValue = "${env:QUORATE_SERVER:-localhost:2181}",
            description = {
                "Servers, and the chroot if there is one: zk1:2181,zk2:2181/kafka.",
                "Default: $QUORATE_SERVER, or else localhost:2181."
            })
    private String server;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = TimeLimit.class,
            description = "How long to wait for a server and for each answer: 500ms, 10s, 2m. Default: 10s.")
    private Duration timeout;

    @Option(
            names = "--auth",
            paramLabel = "SCHEME:AUTH",
            description = "Credentials to present, such as digest:user:password. May be repeated.")
    private List<String> auth = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table for people, or json. Default: table.")
    private OutputFormat format;

    /** The same for what is read while it is printed. */
    @FunctionalInterface
    public interface LongQuestion {
        /** Says what is to be read; throws what the client throws, or a message of its own. */
        LongAnswer<?> ask(Link link) throws AdminException;
    }

    /** What is done between connecting and leaving. */
    @FunctionalInterface
    private interface Step {
        int with(Link link) throws AdminException;
    }

    /** Connects, asks, prints the answer, and gives the exit code. */
    public int run(Question question) throws AdminException {
        return with(link -> print(question.ask(link), link.atZxid()));
    }

    /** Connects, prints while it reads, and gives the exit code. */
    public int runLong(LongQuestion question) throws AdminException {
        return with(link -> print(question.ask(link), link.atZxid()));
    }

    private int with(Step step) throws AdminException {
        try (Link link = open()) {
            try {
                link.catchUp();
                return step.with(link);
            } catch (CoordinatorException e) {
                throw Failures.of(e, link);
            } catch (ReadRefusedException e) {
                throw Failures.of(e, link);
            } catch (GroupReadException e) {
                throw Failures.of(e, link);
            }
        }
    }

    /** A session with one of the servers that were named. */
    public Link open() throws AdminException {
        return Link.open(server, timeout, auth);
    }

    /** Prints an answer, and gives the exit code. */
    public int print(Answer answer, long atZxid) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TABLE -> {
                answer.notices().forEach(spec.commandLine().getErr()::println);
                answer.text().forEach(out::println);
            }
            case JSON -> {
                ObjectNode object = Json.object().put("at_zxid", Json.hex(atZxid));
                answer.json(object);
                out.println(Json.text(object));
            }
        }
        return answer.exit().code();
    }

    private <T> int print(LongAnswer<T> answer, long atZxid) throws AdminException {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TABLE -> {
                LongAnswer.Lines<T> lines = answer.lines(out::println);
                answer.read(lines::print);
                lines.end();
            }
            case JSON -> Json.write(out, Json.object().put("at_zxid", Json.hex(atZxid)), answer);
        }
        answer.notices().forEach(spec.commandLine().getErr()::println);
        return AdminExit.OK.code();
    }

    /** The servers that were named. */
    public List<ServerAddress> servers() throws AdminException {
        return Link.servers(server);
    }

    /** How long to wait for each answer. */
    public Duration timeout() {
        return timeout;
    }
}
