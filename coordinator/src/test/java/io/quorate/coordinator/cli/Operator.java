package io.quorate.coordinator.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Somebody who types admin commands at one server, in this process. Safe for use by any number of threads. */
public final class Operator {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Supplier<String> connectString;

    /** How a command ended, and what it printed. */
    public record Outcome(int code, String out, String err) {
        /** What it printed, as JSON. */
        public JsonNode json() {
            try {
                return MAPPER.readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + out + err, e);
            }
        }

        /** What it printed, which must have been without failure. */
        public String good() {
            if (code != 0) {
                throw new AssertionError("code " + code + ": " + err + out);
            }
            return out;
        }
    }

    /** Aims at what {@code connectString} says when a command is typed. */
    public Operator(Supplier<String> connectString) {
        this.connectString = connectString;
    }

    /** Types one command; {@code --server} is added, and the time limit is one for a busy machine. */
    public Outcome types(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        int options = all.indexOf("--") < 0 ? all.size() : all.indexOf("--");
        all.addAll(options, List.of("--server", connectString.get(), "--timeout", "60s"));
        return run(all.toArray(new String[0]));
    }

    /** Types one command as it is. */
    public static Outcome run(String... command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        ServerStart none = config -> {
            throw new IllegalStateException("no server is started here");
        };
        int code = Quorate.run(command, none, new PrintWriter(out), new PrintWriter(err));
        return new Outcome(code, out.toString(), err.toString());
    }

    /** Types one command that must not fail, asks for JSON, and gives it. */
    public JsonNode json(String... command) {
        List<String> all = new ArrayList<>(List.of(command));
        int options = all.indexOf("--") < 0 ? all.size() : all.indexOf("--");
        all.addAll(options, List.of("--output", "json"));
        Outcome outcome = types(all.toArray(new String[0]));
        outcome.good();
        return outcome.json();
    }
}
