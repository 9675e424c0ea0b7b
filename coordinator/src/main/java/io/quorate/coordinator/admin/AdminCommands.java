package io.quorate.coordinator.admin;

import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.core.ServerMode;
import io.quorate.coordinator.core.ServerView;
import io.quorate.coordinator.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The table of commands, and the rules by which the client port runs them. Any thread may ask. */
public final class AdminCommands {

    /** What a telnet client sends for an interrupt, taken as a word. */
    private static final int TELNET_INTERRUPT = 0xfff4fffd;

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    private final Map<Integer, AdminCommand> byWord;
    private final Whitelist whitelist;
    private final AdminFacts facts;
    private final Inlet inlet;

    /** @param inlet takes {@link Event.Inspect} even while it refuses requests, for an operator asks just then */
    public AdminCommands(Whitelist whitelist, AdminFacts facts, Metrics metrics, Inlet inlet) {
        this.whitelist = whitelist;
        this.facts = facts;
        this.inlet = inlet;
        this.byWord = table(facts, metrics);
    }

    private static Map<Integer, AdminCommand> table(AdminFacts facts, Metrics metrics) {
        AtomicLong traceMask = new AtomicLong(TraceMaskCommand.DEFAULT);
        List<AdminCommand> commands = List.of(
                new ConfCommand(facts),
                new ConsCommand(),
                new CrstCommand(),
                new DirsCommand(facts),
                new DumpCommand(ZoneId.systemDefault()),
                new EnviCommand(facts),
                new TraceMaskCommand(traceMask, false),
                new TraceMaskCommand(traceMask, true),
                new HandOverCommand(false),
                new HandOverCommand(true),
                new HashCommand(),
                new IsroCommand(facts),
                new MntrCommand(facts, metrics),
                new RuokCommand(),
                new SrstCommand(facts, metrics),
                new SrvrCommand(facts),
                new StatCommand(facts),
                new WchcCommand(),
                new WchpCommand(),
                new WchsCommand());
        Map<Integer, AdminCommand> byWord = new HashMap<>();
        commands.forEach(command -> byWord.put(word(command.name()), command));
        byWord.put(TELNET_INTERRUPT, new TelnetCommand());
        return byWord;
    }

    private static int word(String name) {
        int word = 0;
        for (byte letter : name.getBytes(StandardCharsets.US_ASCII)) {
            word = word << Byte.SIZE | letter;
        }
        return word;
    }

    /** Bytes that follow these four as their argument, −1 if they are no command. A refused one waits for none. */
    public int argumentBytes(int word) {
        AdminCommand command = byWord.get(word);
        if (command == null) {
            return -1;
        }
        return whitelist.allows(command) ? command.argumentBytes() : 0;
    }

    /**
     * Runs a command that {@link #argumentBytes} knows.
     *
     * @param answer given the whole text once, either before this returns or on the core's thread
     */
    public void run(int word, long argument, Consumer<String> answer) {
        AdminCommand command = byWord.get(word);
        if (!whitelist.allows(command)) {
            answer.accept(command.name() + " is not executed because it is not in the whitelist.\n");
            return;
        }
        if (command.needs() != AdminCommand.Needs.NOTHING && !facts.isServing()) {
            answer.accept(notServing(command));
            return;
        }
        if (command.needs() != AdminCommand.Needs.CORE) {
            answer.accept(command.run(null, argument));
            return;
        }
        Consumer<ServerView> look = view -> {
            if (view.mode() == ServerMode.NOT_SERVING) {
                answer.accept(notServing(command));
            } else {
                command.run(view, argument, answer);
            }
        };
        if (!inlet.offer(new Event.Inspect(look))) {
            answer.accept(notServing(command));
        }
    }

    private static String notServing(AdminCommand command) {
        return command instanceof HashCommand ? NOT_SERVING : NOT_SERVING + "\n";
    }
}
