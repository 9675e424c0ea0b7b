package io.quorate.coordinator.cli.demo;

import io.quorate.registry.member.MemberListener;
import io.quorate.registry.member.MemberSettings;
import io.quorate.registry.member.Membership;
import io.quorate.registry.store.AclPolicy;
import io.quorate.registry.store.ClientTree;
import io.quorate.registry.tree.Timers;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.SessionEvent;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Gives a broker's membership one thread, time, and one session after another. Everything but {@link #close} runs on that thread. */
final class BrokerSessions implements Timers, Membership.Out, AutoCloseable {

    private static final Duration OPERATION_TIMEOUT = Duration.ofHours(1);

    private final String servers;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Membership membership;
    private CoordinatorClient client;
    private ClientTree tree;

    BrokerSessions(String servers, MemberSettings settings, MemberListener listener) {
        this.servers = servers;
        this.membership = new Membership(settings, listener, this, new SecureRandom()::nextLong, this);
    }

    void start() {
        thread.execute(membership::start);
    }

    @Override
    public void openSession() {
        client = CoordinatorClient.builder(servers)
                .sessionTimeout(DemoCommand.SESSION_TIMEOUT)
                .operationTimeout(OPERATION_TIMEOUT)
                .callbacks(thread)
                .listener((event, reason) -> onSessionEvent(event))
                .connect();
    }

    private void onSessionEvent(SessionEvent event) {
        System.out.println(event);
        switch (event) {
            case CONNECTED -> onConnected();
            case DISCONNECTED -> {
                if (tree != null) {
                    membership.onDisconnected(client.sessionTimeout().toMillis());
                }
            }
            case EXPIRED -> {
                if (tree != null) {
                    tree.close();
                    tree = null;
                }
                membership.onExpired();
            }
            case CONNECTED_READ_ONLY, AUTH_FAILED, CLOSED -> System.out.println("no session that takes writes");
        }
    }

    private void onConnected() {
        if (tree == null) {
            tree = new ClientTree(client, AclPolicy.OPEN, thread);
            membership.onSession(tree);
        } else {
            membership.onConnected();
        }
    }

    @Override
    public void registered(long epoch) {
        System.out.println("registered with epoch " + epoch);
    }

    @Override
    public void refused(String reason) {
        System.out.println("refused: " + reason);
    }

    @Override
    public long nowMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public void after(long delayMillis, Runnable task) {
        ScheduledFuture<?> later = thread.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        assert later != null;
    }

    /** Takes no part any more, and ends the session. */
    @Override
    public void close() {
        CompletableFuture<Void> left = CompletableFuture.runAsync(membership::leave, thread)
                .thenCompose(done -> client.closeAsync());
        left.join();
        thread.shutdownNow();
    }
}
