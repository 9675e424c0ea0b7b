package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.ErrorResponse;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.GetChildren2Response;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.StatResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How watches are set, told, set again on the next connection, and removed. */
final class ConnectionWatchTest {
    private static final GetDataResponse DATA = new GetDataResponse(new byte[1], Stats.of(1));
    private static final String RESUME = "send connect session " + ConnectionScript.SESSION_ID + " zxid ";

    private final ConnectionScript script = ConnectionScript.connected();
    private final Watcher w = script.watcher("w");
    private final Watcher v = script.watcher("v");

    private void addWatch(int xid, String path, AddWatchMode mode, Watcher watcher) {
        script.submit(script.calls.addWatch(path, mode, watcher));
        script.reply(xid, 5, new ErrorResponse(0));
    }

    private void reconnect() {
        script.lose();
        script.advance(100);
        script.accept();
    }

    @Test
    void aOneShotWatchIsToldOnceBeforeTheReplyThatShowsTheChange() {
        script.submit(script.calls.getData("/a", w));
        script.submit(script.calls.setData("/a", new byte[2], -1));
        script.skip();
        script.reply(1, 5, DATA);
        script.event(EventType.NODE_DATA_CHANGED, "/a", 6);
        script.reply(2, 6, new StatResponse(Stats.of(6)));
        script.event(EventType.NODE_DATA_CHANGED, "/a", 7);
        script.expect("done GET_DATA /a", "tell w NODE_DATA_CHANGED /a zxid 6", "done SET_DATA /a");
    }

    @Test
    void aReadThatFailsSetsNoWatchExceptForExists() {
        script.submit(script.calls.getData("/a", w));
        script.submit(script.calls.exists("/a", v));
        script.submit(script.calls.getChildren("/a", w));
        script.reply(1, 5, ErrorCode.NO_NODE);
        script.reply(2, 5, ErrorCode.NO_NODE);
        script.reply(3, 5, ErrorCode.NO_NODE);
        script.skip();
        script.event(EventType.NODE_CREATED, "/a", 6);
        script.expect("tell v NODE_CREATED /a zxid 6");
    }

    @Test
    void aDeletionIsToldToEachWatcherOnce() {
        script.submit(script.calls.getData("/a", w));
        script.submit(script.calls.getChildren("/a", w));
        script.submit(script.calls.exists("/a", v));
        script.reply(1, 5, DATA);
        script.reply(2, 5, new GetChildren2Response(List.of(), Stats.of(1)));
        script.reply(3, 5, new StatResponse(Stats.of(1)));
        script.skip();
        script.event(EventType.NODE_DELETED, "/a", 6);
        script.expect("tell w NODE_DELETED /a zxid 6", "tell v NODE_DELETED /a zxid 6");
    }

    @Test
    void aPersistentWatchStaysAndARecursiveOneSeesEverythingBelow() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        addWatch(2, "/a", AddWatchMode.PERSISTENT_RECURSIVE, v);
        script.skip();
        script.event(EventType.NODE_CREATED, "/a/b/c", 6);
        script.event(EventType.NODE_CHILDREN_CHANGED, "/a", 7);
        script.event(EventType.NODE_DATA_CHANGED, "/a", 8);
        script.event(EventType.NODE_DATA_CHANGED, "/a", 9);
        script.event(EventType.NODE_CREATED, "/ab", 10);
        script.expect(
                "tell v NODE_CREATED /a/b/c zxid 6",
                "tell w NODE_CHILDREN_CHANGED /a zxid 7",
                "tell v NODE_DATA_CHANGED /a zxid 8",
                "tell w NODE_DATA_CHANGED /a zxid 8",
                "tell v NODE_DATA_CHANGED /a zxid 9",
                "tell w NODE_DATA_CHANGED /a zxid 9");
    }

    @Test
    void allWatchesAreSetAgainOnTheNextConnection() {
        script.submit(script.calls.getData("/data", w));
        script.submit(script.calls.exists("/none", w));
        script.submit(script.calls.getChildren("/list", w));
        script.reply(1, 5, DATA);
        script.reply(2, 6, ErrorCode.NO_NODE);
        script.reply(3, 7, new GetChildren2Response(List.of(), Stats.of(1)));
        addWatch(4, "/p", AddWatchMode.PERSISTENT, w);
        addWatch(5, "/r", AddWatchMode.PERSISTENT_RECURSIVE, w);
        script.submit(script.calls.delete("/x", -1), 1);
        script.skip();
        reconnect();
        script.expect(
                "session DISCONNECTED",
                "failed DELETE /x CONNECTION_LOSS, maybe executed",
                "connect h:1",
                RESUME + 7,
                "session CONNECTED",
                "send -8 SET_WATCHES2 zxid 7 [/data][/none][/list][/p][/r]");
        script.event(EventType.NODE_CREATED, "/none", -1);
        script.expect("tell w NODE_CREATED /none zxid -1");
        script.reply(-8, 9);
        reconnect();
        script.expect(
                "session DISCONNECTED",
                "connect h:1",
                RESUME + 9,
                "session CONNECTED",
                "send -8 SET_WATCHES2 zxid 9 [/data][][/list][/p][/r]");
    }

    @Test
    void anEventDoesNotCountAsSeenForAnotherOfItsTransactionMayFollow() {
        script.submit(script.calls.getData("/a", w));
        script.submit(script.calls.getData("/b", w));
        script.reply(1, 5, DATA);
        script.reply(2, 5, DATA);
        script.event(EventType.NODE_DATA_CHANGED, "/a", 6);
        script.skip();
        reconnect();
        script.expect(
                "session DISCONNECTED",
                "connect h:1",
                RESUME + 5,
                "session CONNECTED",
                "send -8 SET_WATCHES2 zxid 5 [/b][][][][]");
    }

    @Test
    void watchesAreSetAgainFromWhereTheyWereWhenThatWasInterrupted() {
        String longName = "/" + "n".repeat(40_000);
        script.submit(script.calls.getData(longName + 1, w));
        script.submit(script.calls.getData(longName + 2, w));
        script.reply(1, 5, DATA);
        script.reply(2, 5, DATA);
        script.skip();
        reconnect();
        script.reply(-8, 20);
        script.submit(script.calls.sync("/"));
        script.skip();
        reconnect();
        script.expect(
                "session DISCONNECTED",
                "failed SYNC / CONNECTION_LOSS, maybe executed",
                "connect h:1",
                RESUME + 20,
                "session CONNECTED",
                "send -8 SET_WATCHES2 zxid 5 [" + longName + "1][][][][]",
                "send -8 SET_WATCHES2 zxid 5 [" + longName + "2][][][][]");
        script.reply(-8, 21);
        script.reply(-8, 21);
        reconnect();
        script.expect(
                "session DISCONNECTED",
                "connect h:1",
                RESUME + 21,
                "session CONNECTED",
                "send -8 SET_WATCHES2 zxid 21 [" + longName + "1][][][][]",
                "send -8 SET_WATCHES2 zxid 21 [" + longName + "2][][][][]");
    }

    @Test
    void aServerThatRefusesTheWatchesIsLeft() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        reconnect();
        script.skip();
        script.reply(-8, 20, ErrorCode.THROTTLED_OP);
        script.expect("disconnect", "session DISCONNECTED");
    }

    @Test
    void aRemovedWatchIsToldAndGone() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        addWatch(2, "/a", AddWatchMode.PERSISTENT, v);
        script.skip();
        script.submit(script.calls.removeWatches("/a", WatcherType.PERSISTENT, null));
        script.reply(3, 6);
        script.expect(
                "send 3 REMOVE_WATCHES",
                "tell w PERSISTENT_WATCH_REMOVED /a zxid -1",
                "tell v PERSISTENT_WATCH_REMOVED /a zxid -1",
                "done REMOVE_WATCHES /a");
        script.event(EventType.NODE_DATA_CHANGED, "/a", 8);
        reconnect();
        script.expect("session DISCONNECTED", "connect h:1", RESUME + 6, "session CONNECTED");
    }

    @Test
    void theWatchOfOneWatcherIsRemovedFromTheServerOnlyWithTheLast() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        addWatch(2, "/a", AddWatchMode.PERSISTENT, v);
        script.skip();
        script.submit(script.calls.removeWatches("/a", WatcherType.ANY, w));
        script.reply(3, 6);
        script.event(EventType.NODE_DATA_CHANGED, "/a", 7);
        script.submit(script.calls.removeWatches("/a", WatcherType.ANY, v));
        script.reply(4, 7);
        script.expect(
                "send 3 CHECK_WATCHES",
                "tell w PERSISTENT_WATCH_REMOVED /a zxid -1",
                "done REMOVE_WATCHES /a",
                "tell v NODE_DATA_CHANGED /a zxid 7",
                "send 4 REMOVE_WATCHES",
                "tell v PERSISTENT_WATCH_REMOVED /a zxid -1",
                "done REMOVE_WATCHES /a");
    }

    @Test
    void watchersThatLeaveOneBehindTheOtherTakeTheServersWatchWithThem() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        addWatch(2, "/a", AddWatchMode.PERSISTENT, v);
        script.skip();
        script.submit(script.calls.removeWatches("/a", WatcherType.ANY, w));
        script.submit(script.calls.removeWatches("/a", WatcherType.PERSISTENT, v));
        script.expect("send 3 CHECK_WATCHES", "send 4 REMOVE_WATCHES");
        script.reply(3, 6);
        script.reply(4, 6);
        script.expect(
                "tell w PERSISTENT_WATCH_REMOVED /a zxid -1",
                "done REMOVE_WATCHES /a",
                "tell v PERSISTENT_WATCH_REMOVED /a zxid -1",
                "done REMOVE_WATCHES /a");
    }

    @Test
    void aWatchSetAnewBehindItsRemovalStays() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        addWatch(2, "/a", AddWatchMode.PERSISTENT, v);
        script.submit(script.calls.removeWatches("/a", WatcherType.ANY, w));
        script.submit(script.calls.addWatch("/a", AddWatchMode.PERSISTENT, w));
        script.skip();
        script.submit(script.calls.removeWatches("/a", WatcherType.ANY, v));
        script.expect("send 5 CHECK_WATCHES");
    }

    @Test
    void aRemovalThatIsAnsweredTooLateStillCounts() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        script.submit(script.calls.removeWatches("/a", WatcherType.ANY, null));
        for (int i = 0; i < 20; i++) {
            script.advance(3_000);
            script.reply(-2, 0);
        }
        script.skip();
        script.reply(2, 9);
        script.expect("tell w PERSISTENT_WATCH_REMOVED /a zxid -1");
        reconnect();
        script.expect("session DISCONNECTED", "connect h:1", RESUME + 9, "session CONNECTED");
    }

    @Test
    void aWatchAboutToBeSetCountsAsOneOfAnother() {
        addWatch(1, "/a", AddWatchMode.PERSISTENT, w);
        script.submit(script.calls.addWatch("/a", AddWatchMode.PERSISTENT, v));
        script.submit(script.calls.removeWatches("/a", WatcherType.PERSISTENT, w));
        script.skip();
        script.reply(2, 6, new ErrorResponse(0));
        script.reply(3, 6);
        script.event(EventType.NODE_DATA_CHANGED, "/a", 7);
        script.expect(
                "done ADD_WATCH /a",
                "tell w PERSISTENT_WATCH_REMOVED /a zxid -1",
                "done REMOVE_WATCHES /a",
                "tell v NODE_DATA_CHANGED /a zxid 7");
    }

    @Test
    void whatTheServerDoesNotKnowIsForgottenHere() {
        script.submit(script.calls.getData("/a", w));
        script.reply(1, 5, DATA);
        script.skip();
        script.submit(script.calls.removeWatches("/a", WatcherType.DATA, null));
        script.reply(2, 5, ErrorCode.NO_WATCHER);
        script.expect(
                "send 2 REMOVE_WATCHES", "tell w DATA_WATCH_REMOVED /a zxid -1", "failed REMOVE_WATCHES /a NO_WATCHER");
    }

    @Test
    void eventsNameNodesAsTheClientDoes() {
        ConnectionScript below = new ConnectionScript("h:1/app");
        below.start();
        below.accept();
        below.submit(below.calls.getData("/", below.watcher("root")));
        below.submit(below.calls.addWatch("/", AddWatchMode.PERSISTENT_RECURSIVE, below.watcher("all")));
        below.reply(1, 5, DATA);
        below.reply(2, 5, new ErrorResponse(0));
        below.skip();
        below.event(EventType.NODE_DATA_CHANGED, "/app", 6);
        below.event(EventType.NODE_CREATED, "/app/b", 7);
        below.event(EventType.NODE_CREATED, "/apple", 8);
        below.expect(
                "tell root NODE_DATA_CHANGED / zxid 6",
                "tell all NODE_DATA_CHANGED / zxid 6",
                "tell all NODE_CREATED /b zxid 7");
    }

    @Test
    void theConfigurationHasOneNameBelowEveryChroot() {
        ConnectionScript below = new ConnectionScript("h:1/app");
        below.start();
        below.accept();
        below.submit(below.calls.getConfig(below.watcher("config")));
        below.reply(1, 5, DATA);
        below.skip();
        below.event(EventType.NODE_DATA_CHANGED, "/zookeeper/config", 6);
        below.expect("tell config NODE_DATA_CHANGED /zookeeper/config zxid 6");
    }

    @Test
    void batchesStayBelowTheLimitAndHoldEveryWatchOnce() {
        WatchRegistry registry = new WatchRegistry();
        int nodes = 20_000;
        for (int i = 0; i < nodes; i++) {
            registry.add(WatchKind.values()[i % WatchKind.values().length], "/some/node/" + i, w);
        }
        var batches = registry.rewatch(1);
        assertThat(batches).hasSizeGreaterThan(3);
        int paths = 0;
        for (var batch : batches) {
            Frame frame = Frame.of(-8, io.quorate.wire.proto.OpCode.SET_WATCHES2, batch);
            assertThat(frame.length()).isLessThan(WatchRegistry.BATCH_BYTES_MAX);
            paths += batch.dataWatches().size()
                    + batch.existWatches().size()
                    + batch.childWatches().size()
                    + batch.persistentWatches().size()
                    + batch.persistentRecursiveWatches().size();
        }
        assertThat(paths).isEqualTo(nodes);
    }
}
