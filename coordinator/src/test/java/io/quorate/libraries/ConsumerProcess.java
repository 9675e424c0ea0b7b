package io.quorate.libraries;

import io.quorate.groups.config.GroupConfig;
import io.quorate.groups.config.GroupConfig.Identity;
import io.quorate.groups.config.GroupConfig.ModeWish;
import io.quorate.groups.config.GroupConfig.Policy;
import io.quorate.groups.config.GroupConfig.Timing;
import io.quorate.groups.layout.Subscription;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A process with three members: a dynamic and a static one of a native group, and one of a group in compat mode. SIGTERM lets them
 * leave; when its standard input ends, the test has, and so does this.
 *
 * <p>Arguments: servers, name of this life of the process, name of the process in all its lives, file for the log.
 */
final class ConsumerProcess {
    /** The group with a leader. */
    static final String NATIVE = "native";

    /** The group in which everybody computes what old consumers would. */
    static final String COMPAT = "compat";

    /** What both groups consume. */
    static final List<String> TOPICS = List.of("logs", "orders");

    /** Nine tenths of it leave more than a tick of the servers before they can end the session. */
    static final Duration SESSION = Duration.ofSeconds(6);

    private static final Timing TIMING = new Timing(500, 3_000, 60_000, 10_000, 10_000, 300_000);
    private static final long BATCH_MILLIS = 20;
    /** The exit code of a process in which something failed. */
    private static final int FAILED = 2;

    private ConsumerProcess() {}

    public static void main(String[] args) throws Exception {
        RecordLog log = new RecordLog(Path.of(args[3]));
        GroupConfig config = new GroupConfig(NATIVE, Subscription.topics(TOPICS)).with(TIMING);
        Identity fixed = new Identity(args[1] + "s", args[2], null, null, true);
        List<ProcessingHost> hosts = List.of(
                new ProcessingHost(config.with(Identity.named(args[1] + "d")), servers(args[0]), log),
                new ProcessingHost(config.with(fixed), servers(args[0]), log),
                new ProcessingHost(
                        new GroupConfig(COMPAT, Subscription.topics(TOPICS))
                                .with(TIMING)
                                .with(Policy.DEFAULT.with(ModeWish.COMPAT))
                                .with(Identity.named(args[1] + "c")),
                        servers(args[0]),
                        log));
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        ScheduledFuture<?> working = thread.scheduleWithFixedDelay(
                () -> orEnd(() -> hosts.forEach(ProcessingHost::processBatch)), 0, BATCH_MILLIS, TimeUnit.MILLISECONDS);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> hosts.forEach(ProcessingHost::leave)));
        System.in.transferTo(System.out);
        working.cancel(false);
        Runtime.getRuntime().halt(0);
    }

    /** Runs a task again and again only as long as it does not fail: a process that does nothing any more must be missed. */
    static void orEnd(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | AssertionError e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        }
    }

    private static ClientBuilder servers(String connectString) {
        return CoordinatorClient.builder(connectString).sessionTimeout(SESSION);
    }
}
