package io.quorate.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.groups.rebalance.Answer;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.NodeEvent;
import io.quorate.wire.client.SessionEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What a member hears of nodes that it has asked about more than once. */
final class SessionLinkContract {
    private static final class Heard implements SessionLink.Events {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final Map<Long, Answer> answers = new ConcurrentHashMap<>();

        @Override
        public void onSessionEvent(SessionEvent event) {}

        @Override
        public void onAnswer(long id, Answer answer) {
            answers.put(id, answer);
        }

        @Override
        public void onWatch(NodeEvent event) {
            events.add(event.path() + " " + event.type());
        }
    }

    private SessionLinkContract() {}

    /** Each look adds a watcher to the client's list for that node unless it is the same one as before. */
    static void aNodeThatIsLookedAtTwiceIsToldOnce(CoordinatorClient client, String servers) {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Heard heard = new Heard();
        SessionLink link = new SessionLink(GroupFixture.builder(servers), thread, heard);
        try {
            for (long id = 1; id <= 4; id++) {
                link.exists(id, "/looked-at");
                link.watch(id + 4, "/watched", false);
            }
            GroupFixture.await().until(() -> heard.answers.size() == 8);
            assertThat(heard.answers.values()).allMatch(Answer::isOk);
            client.sync().create("/looked-at", new byte[0], CreateMode.PERSISTENT);
            client.sync().create("/watched", new byte[0], CreateMode.PERSISTENT);
            GroupFixture.await().until(() -> heard.events.contains("/watched NODE_CREATED"));
            assertThat(heard.events).containsExactly("/looked-at NODE_CREATED", "/watched NODE_CREATED");

            link.unwatch(9, "/watched", false);
            GroupFixture.await().until(() -> heard.answers.containsKey(9L));
            assertThat(heard.answers.get(9L).isOk()).isTrue();
            client.sync().delete("/watched", -1);
            client.sync().delete("/looked-at", -1);
            link.exists(10, "/watched");
            GroupFixture.await().until(() -> heard.answers.containsKey(10L));
            assertThat(heard.events).hasSize(2);
        } finally {
            link.close().join();
            thread.shutdown();
        }
    }
}
