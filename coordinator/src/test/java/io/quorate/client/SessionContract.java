package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.compat.CompatServer;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.client.AddWatchMode;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.ClientTraffic;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.Created;
import io.quorate.wire.client.NettyLoops;
import io.quorate.wire.client.NodeStat;
import io.quorate.wire.client.Session;
import io.quorate.wire.client.SyncClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the client promises when connections break, servers fall silent or restart, and sessions end; on any server. */
abstract class SessionContract extends ClientFixture {
    SessionContract(CompatServer server) {
        super(server);
    }

    private static CoordinatorException failureOf(CompletableFuture<?> future) {
        return future.handle((value, failure) -> (CoordinatorException) failure).join();
    }

    @Test
    void clientsShareAnEventLoopAndOneEndsWithoutTheOthers() {
        try (NettyLoops loops = new NettyLoops(1)) {
            CoordinatorClient first = open(builder(server().connectString()).eventLoops(loops));
            CoordinatorClient second = open(builder(server().connectString()).eventLoops(loops));
            fresh(first.sync(), "/shared");
            first.close();
            assertThat(failureOf(first.exists("/shared"))).isInstanceOf(CoordinatorException.ClientClosed.class);
            assertThat(second.sync().exists("/shared").exists()).isTrue();
        }
    }

    @Test
    void whenSharedEventLoopsAreClosedTheirClientsEndAndTheSessionsLiveOn() {
        SyncClient other = client().sync();
        fresh(other, "/cut");
        NettyLoops loops = new NettyLoops(2);
        ClientBuilder builder = builder(server().connectString()).eventLoops(loops);
        CoordinatorClient first = open(builder);
        CoordinatorClient second = open(builder);
        first.sync().create("/cut/first", null, CreateMode.EPHEMERAL);
        second.sync().create("/cut/second", null, CreateMode.EPHEMERAL);
        loops.close();
        await().until(() -> failureOf(first.exists("/cut")) instanceof CoordinatorException.ClientClosed);
        await().until(() -> failureOf(second.exists("/cut")) instanceof CoordinatorException.ClientClosed);
        first.close();
        assertThat(other.getChildren("/cut").names()).containsExactlyInAnyOrder("first", "second");
        assertThatThrownBy(builder::connect).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void trafficIsCounted() {
        ClientTraffic traffic = new ClientTraffic();
        SyncClient other = client().sync();
        fresh(other, "/counted");
        CoordinatorClient client = open(builder(server().connectString()).traffic(traffic));
        Told told = new Told();
        client.sync().addWatch("/counted", AddWatchMode.PERSISTENT, told);
        client.sync().getData("/counted", told);
        await().until(() -> traffic.watches() == 2);
        other.setData("/counted", null, -1);
        told.expect("NODE_DATA_CHANGED /counted");
        await().until(() -> traffic.watches() == 1);
        assertThat(traffic.requests()).isEqualTo(2);
        assertThat(traffic.events()).isEqualTo(1);
        client.close();
        assertThat(traffic.watches()).isZero();
    }

    @Test
    void watchesAreThereAgainAfterARestartOfTheServer() {
        Told session = new Told();
        SyncClient client =
                open(builder(server().connectString()).listener(session)).sync();
        fresh(client, "/again");
        client.create("/again/a", null, CreateMode.PERSISTENT);
        Told data = new Told();
        Told missing = new Told();
        Told list = new Told();
        Told node = new Told();
        Told tree = new Told();
        client.getData("/again/a", data);
        client.exists("/again/b", missing);
        client.getChildren("/again", list);
        client.addWatch("/again/a", AddWatchMode.PERSISTENT, node);
        client.addWatch("/again", AddWatchMode.PERSISTENT_RECURSIVE, tree);
        session.await("CONNECTED");
        server().restart();
        session.expect("DISCONNECTED", "CONNECTED");
        SyncClient other = client().sync();
        other.setData("/again/a", null, -1);
        other.create("/again/b", null, CreateMode.PERSISTENT);
        data.expect("NODE_DATA_CHANGED /again/a");
        missing.expect("NODE_CREATED /again/b");
        list.expect("NODE_CHILDREN_CHANGED /again");
        node.expect("NODE_DATA_CHANGED /again/a");
        tree.expect("NODE_DATA_CHANGED /again/a", "NODE_CREATED /again/b");
    }

    @Test
    void whatWasMissedWhileTheConnectionWasLostIsTold() {
        Relay relay = relay();
        Told session = new Told();
        SyncClient client =
                open(builder(relay.connectString()).listener(session)).sync();
        SyncClient other = client().sync();
        fresh(other, "/missed");
        other.create("/missed/a", null, CreateMode.PERSISTENT);
        Told data = new Told();
        Told missing = new Told();
        Told list = new Told();
        Told untouched = new Told();
        client.getData("/missed/a", data);
        client.exists("/missed/b", missing);
        client.getChildren("/missed", list);
        client.getData("/missed", untouched);
        session.await("CONNECTED");
        relay.refuse();
        session.expect("DISCONNECTED");
        other.setData("/missed/a", null, -1);
        other.create("/missed/b", null, CreateMode.PERSISTENT);
        relay.admit();
        session.expect("CONNECTED");
        data.expect("NODE_DATA_CHANGED /missed/a");
        missing.expect("NODE_CREATED /missed/b");
        list.expect("NODE_CHILDREN_CHANGED /missed");
        other.setData("/missed", null, -1);
        untouched.expect("NODE_DATA_CHANGED /missed");
        client.sync("/");
        assertThat(data.drain()).isEmpty();
    }

    @Test
    void manyWatchesAreSetAgainInBatches() {
        Relay relay = relay();
        Told session = new Told();
        CoordinatorClient client = open(builder(relay.connectString()).listener(session));
        SyncClient other = client().sync();
        fresh(other, "/many");
        Told told = new Told();
        int nodes = 3_000;
        String name = "/many/" + "n".repeat(200);
        List<CompletableFuture<NodeStat>> replies = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            replies.add(client.exists(name + i, told));
        }
        replies.forEach(CompletableFuture::join);
        session.await("CONNECTED");
        relay.cut();
        session.expect("DISCONNECTED", "CONNECTED");
        for (int i = 0; i < nodes; i += 500) {
            other.create(name + i, null, CreateMode.PERSISTENT);
            told.expect("NODE_CREATED " + name + i);
        }
    }

    @Test
    void requestsInFlightFailAndThoseMadeLaterWait() {
        Relay relay = relay();
        Told session = new Told();
        CoordinatorClient client = open(builder(relay.connectString()).listener(session));
        fresh(client.sync(), "/flight");
        session.await("CONNECTED");
        relay.holdBack();
        CompletableFuture<Created> inFlight = client.create("/flight/a", null, CreateMode.PERSISTENT);
        relay.refuse();
        session.expect("DISCONNECTED");
        assertThat(failureOf(inFlight))
                .isInstanceOf(CoordinatorException.ConnectionLoss.class)
                .returns(true, CoordinatorException::mayHaveBeenExecuted);
        CompletableFuture<Created> later = client.create("/flight/b", null, CreateMode.PERSISTENT);
        relay.letPass();
        relay.admit();
        assertThat(later.join().path()).isEqualTo("/flight/b");
        session.expect("CONNECTED");
    }

    @Test
    void aSilentServerIsLeftForAnother() {
        Relay silent = relay();
        Told session = new Told();
        CoordinatorClient client = open(builder(silent.connectString())
                .sessionTimeout(Duration.ofSeconds(6))
                .listener(session));
        Session before = client.sync().awaitConnected();
        session.await("CONNECTED");
        silent.holdBack();
        session.expect("DISCONNECTED");
        silent.letPass();
        session.expect("CONNECTED");
        assertThat(client.session()).isEqualTo(before);
    }

    @Test
    void aSessionMovesToAnotherAddressWithEverythingItHas() {
        Relay first = relay();
        Relay second = relay();
        second.refuse();
        Told session = new Told();
        int nobody = ServerProcess.freePort();
        CoordinatorClient client =
                open(builder("127.0.0.1:" + nobody + "," + first.connectString() + "," + second.connectString())
                        .listener(session));
        fresh(client.sync(), "/moves");
        client.sync().create("/moves/e", null, CreateMode.EPHEMERAL);
        Session before = client.session();
        session.await("CONNECTED");
        second.admit();
        first.refuse();
        session.expect("DISCONNECTED", "CONNECTED");
        assertThat(client.session()).isEqualTo(before);
        assertThat(client.sync().getEphemerals("/")).containsExactly("/moves/e");
    }

    @Test
    void anExpiredSessionIsToldAndEverythingFails() {
        Relay relay = relay();
        Told session = new Told();
        CoordinatorClient client = open(
                builder(relay.connectString()).sessionTimeout(SHORT_SESSION).listener(session));
        SyncClient other = client().sync();
        fresh(other, "/expires");
        client.sync().create("/expires/e", null, CreateMode.EPHEMERAL);
        assertThat(client.sessionDeadline() - System.nanoTime()).isLessThan(SHORT_SESSION.toNanos());
        session.await("CONNECTED");
        Told gone = new Told();
        other.exists("/expires/e", gone);
        relay.refuse();
        session.expect("DISCONNECTED");
        CompletableFuture<NodeStat> waiting = client.exists("/expires");
        gone.expect("NODE_DELETED /expires/e");
        assertThat(client.sessionDeadline() - System.nanoTime())
                .as("the client knows that it may be over before the server says so")
                .isNegative();
        relay.admit();
        session.expect("EXPIRED");
        assertThat(failureOf(waiting)).isInstanceOf(CoordinatorException.SessionExpired.class);
        assertThatThrownBy(() -> client.sync().exists("/")).isInstanceOf(CoordinatorException.SessionExpired.class);
        assertThat(client.closeAsync()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void pingsKeepAnIdleSession() {
        CoordinatorClient client = open(builder(server().connectString()).sessionTimeout(SHORT_SESSION));
        Session before = client.sync().awaitConnected();
        long deadline = client.sessionDeadline();
        await().until(() -> client.sessionDeadline() - deadline > 3 * SHORT_SESSION.toNanos());
        assertThat(client.sync().exists("/").exists()).isTrue();
        assertThat(client.session()).isEqualTo(before);
    }

    @Test
    void closingSendsWhatWasSubmittedAndEndsTheSession() {
        SyncClient other = client().sync();
        fresh(other, "/closing");
        Told session = new Told();
        ClientBuilder builder = builder(server().connectString()).listener(session);
        List<CompletableFuture<Created>> replies = new ArrayList<>();
        try (CoordinatorClient client = builder.connect()) {
            for (int i = 0; i < 500; i++) {
                replies.add(client.create("/closing/e" + i, null, CreateMode.EPHEMERAL));
            }
            replies.add(client.create("/closing/p", null, CreateMode.PERSISTENT));
        }
        assertThat(replies).allMatch(reply -> reply.isDone() && !reply.isCompletedExceptionally());
        assertThat(other.getChildren("/closing").names()).containsExactly("p");
        session.expect("CONNECTED", "CLOSED");
    }

    @Test
    void closingWithoutAServerTakesABoundedTime() {
        CoordinatorClient client = builder("127.0.0.1:" + ServerProcess.freePort())
                .closeTimeout(Duration.ofMillis(300))
                .connect();
        CompletableFuture<NodeStat> waiting = client.exists("/");
        client.close();
        assertThat(failureOf(waiting))
                .isInstanceOf(CoordinatorException.ClientClosed.class)
                .returns(false, CoordinatorException::mayHaveBeenExecuted);
        assertThat(failureOf(client.exists("/"))).isInstanceOf(CoordinatorException.ClientClosed.class);
        assertThat(client.closeAsync()).succeedsWithin(Duration.ofSeconds(30));
    }

    @Test
    void anAbandonedSessionCanBeTakenOver() {
        CoordinatorClient first = client();
        fresh(first.sync(), "/taken");
        first.sync().create("/taken/e", null, CreateMode.EPHEMERAL);
        Session session = first.session();
        assertThat(first.abandon()).succeedsWithin(Duration.ofSeconds(30));
        CoordinatorClient second = open(builder(server().connectString()).resume(session));
        assertThat(second.sync().awaitConnected()).isEqualTo(session);
        assertThat(second.sync().getEphemerals("/")).containsExactly("/taken/e");
        second.close();
        assertThat(client().sync().getChildren("/taken").names()).isEmpty();
        Told told = new Told();
        open(builder(server().connectString()).resume(session).listener(told));
        told.expect("EXPIRED");
    }

    @Test
    void noMoreRequestsThanAllowedAreOutstanding() {
        Relay relay = relay();
        CoordinatorClient client = open(builder(relay.connectString()).outstandingMax(10));
        client.sync().awaitConnected();
        relay.holdBack();
        List<CompletableFuture<NodeStat>> taken = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            taken.add(client.exists("/"));
        }
        assertThat(failureOf(client.exists("/")))
                .isInstanceOf(CoordinatorException.TooManyRequests.class)
                .returns(false, CoordinatorException::mayHaveBeenExecuted);
        CompletableFuture<NodeStat> afterwards = client.whenReady().thenCompose(room -> client.exists("/"));
        assertThat(afterwards).isNotDone();
        relay.letPass();
        assertThat(afterwards).succeedsWithin(Duration.ofSeconds(30));
        taken.forEach(CompletableFuture::join);
    }

    @Test
    void aRequestWithoutAnAnswerIsGivenUp() {
        Relay relay = relay();
        CoordinatorClient client = open(builder(relay.connectString()).operationTimeout(Duration.ofMillis(300)));
        await().until(client::isConnected);
        relay.holdBack();
        assertThat(failureOf(client.exists("/")))
                .isInstanceOf(CoordinatorException.OperationTimeout.class)
                .returns(true, CoordinatorException::mayHaveBeenExecuted);
        relay.letPass();
        await().until(() ->
                client.exists("/").handle((stat, failure) -> failure == null).join());
    }
}
