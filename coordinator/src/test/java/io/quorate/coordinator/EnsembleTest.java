package io.quorate.coordinator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quorate.coordinator.config.StartException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole members in one process, with their sockets and files, and the client that everybody has. */
final class EnsembleTest {

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests";

    @TempDir
    private Path folder;

    @Test
    void threeMembersElectServeAndOutliveTheirLeader() throws Exception {
        try (TestEnsemble ensemble = new TestEnsemble(folder, 3, 0)) {
            ensemble.startAll();
            long leader = ensemble.awaitLeader();
            for (long sid = 1; sid <= 3; sid++) {
                ZooKeeper client = ensemble.client(sid);
                client.create(
                        "/from-" + sid, ("value " + sid).getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            for (long sid = 1; sid <= 3; sid++) {
                ZooKeeper client = ensemble.client(sid);
                client.sync("/", (code, path, context) -> {}, null);
                for (long from = 1; from <= 3; from++) {
                    assertThat(client.getData("/from-" + from, false, null))
                            .asString()
                            .isEqualTo("value " + from);
                }
            }
            ensemble.stop(leader);
            assertThat(ensemble.awaitLeader()).isNotEqualTo(leader);
            ZooKeeper client = ensemble.client();
            awaitData(client, "/from-" + leader, "value " + leader);
            client.setData("/from-" + leader, "after".getBytes(UTF_8), -1);
            ensemble.start(leader);
            ensemble.awaitLeader();
            awaitData(ensemble.client(leader), "/from-" + leader, "after");
        }
    }

    @Test
    void aMemberWithoutAQuorumServesNobody() throws Exception {
        try (TestEnsemble ensemble = new TestEnsemble(folder, 3, 0)) {
            ensemble.start(2);
            assertThat(ensemble.word(2, "ruok")).isEqualTo("imok");
            assertThat(ensemble.word(2, "isro")).isEqualTo("null");
            assertThat(ensemble.word(2, "srvr")).isEqualTo(NOT_SERVING + "\n");
            assertThat(ensemble.word(2, "conf")).isEqualTo(NOT_SERVING + "\n");
            assertThat(ensemble.word(2, "hash")).isEqualTo(NOT_SERVING);
            ensemble.start(3);
            assertThat(ensemble.awaitLeader()).isEqualTo(3);
            ensemble.stop(3);
            await().atMost(TestEnsemble.DEADLINE)
                    .until(() -> ensemble.word(2, "isro").equals("null"));
        }
    }

    @Test
    void theOperatorSeesWhoIsWhatAndWhoHasCaughtUp() throws Exception {
        try (TestEnsemble ensemble = new TestEnsemble(folder, 3, 1)) {
            ensemble.startAll();
            long leader = ensemble.awaitLeader();
            awaitMetric(ensemble, leader, "zk_synced_followers", "2");
            awaitMetric(ensemble, leader, "zk_synced_observers", "1");
            awaitMetric(ensemble, leader, "zk_learners", "3");
            awaitMetric(ensemble, leader, "zk_followers", "2");
            assertThat(ensemble.metric(leader, "zk_peer_state")).hasValue("leading - broadcast");
            assertThat(ensemble.metric(leader, "zk_server_state")).hasValue("leader");
            assertThat(ensemble.metric(leader, "zk_quorum_size")).hasValue("3");
            assertThat(ensemble.metric(leader, "zk_pending_syncs")).hasValue("0");
            assertThat(Long.parseLong(
                            ensemble.metric(leader, "zk_leader_uptime").orElseThrow()))
                    .isBetween(0L, TestEnsemble.DEADLINE.toMillis());
            long follower = leader == 1 ? 2 : 1;
            assertThat(ensemble.mode(follower)).isEqualTo("follower");
            assertThat(ensemble.mode(4)).isEqualTo("observer");
            assertThat(ensemble.metric(follower, "zk_peer_state")).hasValue("following - broadcast");
            assertThat(ensemble.metric(4, "zk_peer_state")).hasValue("observing - broadcast");
            assertThat(ensemble.metric(follower, "zk_learners")).isEmpty();
            assertThat(ensemble.metric(follower, "zk_quorum_size")).hasValue("3");
            assertThat(ensemble.word(follower, "isro")).isEqualTo("rw");
            ZooKeeper client = ensemble.client(4);
            try {
                client.create("/seen", new byte[7], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
                String session = Long.toHexString(client.getSessionId());
                assertThat(client.getSessionId() >>> 56).isEqualTo(4);
                assertThat(ensemble.word(4, "dump")).contains("Global Sessions(1):\n0x" + session + "\t10000ms\n");
                assertThat(ensemble.word(leader, "dump")).contains("Session Sets (1)/(1):\n", "\t0x" + session + "\n");
                assertThat(ensemble.word(leader, "srvr"))
                        .contains("\nMode: leader\n", "\nProposal sizes last/min/max: ");
                assertThat(ensemble.word(4, "srvr"))
                        .contains("\nMode: observer\n")
                        .doesNotContain("Proposal sizes");
            } finally {
                client.close();
            }
            assertThat(ensemble.word(4, "conf"))
                    .contains("\nserverId=4\ninitLimit=60\nsyncLimit=40\nelectionAlg=3\nelectionPort=")
                    .contains("\npeerType=1\nmembership: \nserver.1=127.0.0.1:")
                    .endsWith(":observer\nversion=0");
        }
    }

    @Test
    void coresOnThreadsOfTheirOwnMakeAnEnsembleToo() throws Exception {
        try (TestEnsemble ensemble =
                new TestEnsemble(folder, 3, 0, "quorate.threading=dedicated", "quorate.log.inline=false")) {
            ensemble.startAll();
            long leader = ensemble.awaitLeader();
            long follower = leader == 1 ? 2 : 1;
            ZooKeeper client = ensemble.client(follower);
            for (int i = 0; i < 200; i++) {
                client.create("/n" + i, new byte[100], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            ensemble.stop(leader);
            ensemble.awaitLeader();
            awaitData(ensemble.client(), "/n199", new String(new byte[100], UTF_8));
        }
    }

    @Test
    void aMemberThatLostItsDiskIsSentTheWholeState() throws Exception {
        try (TestEnsemble ensemble = new TestEnsemble(folder, 3, 0, "forceSnapshotSync=true")) {
            ensemble.startAll();
            long leader = ensemble.awaitLeader();
            long follower = leader == 1 ? 2 : 1;
            ZooKeeper client = ensemble.client(leader);
            client.create("/a", "kept".getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            client.create("/a/b", new byte[50_000], Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            ensemble.stop(follower);
            ensemble.wipe(follower);
            ensemble.start(follower);
            ensemble.awaitLeader();
            ZooKeeper other = ensemble.client(follower);
            awaitData(other, "/a", "kept");
            assertThat(other.exists("/a/b", false).getEphemeralOwner()).isEqualTo(client.getSessionId());
            // It holds its copy on disk: it comes back without help.
            ensemble.stop(follower);
            ensemble.start(follower);
            ensemble.awaitLeader();
            awaitData(ensemble.client(follower), "/a", "kept");
        }
    }

    @Test
    void aPortOfAMemberThatIsTakenStopsItsStartWithACodeOfItsOwn() throws Exception {
        try (TestEnsemble ensemble = new TestEnsemble(folder, 3, 0, "electionPortBindRetry=2");
                ServerSocket taken =
                        new ServerSocket(ensemble.electionPort(1), 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(taken.isBound()).isTrue();
            assertThatThrownBy(() -> ensemble.start(1))
                    .isInstanceOf(StartException.class)
                    .hasMessageContaining("Cannot listen on the election port")
                    .extracting(thrown -> ((StartException) thrown).exitCode().code())
                    .isEqualTo(14);
        }
        try (TestEnsemble ensemble = new TestEnsemble(folder, 3, 0)) {
            ensemble.start(1);
            assertThat(ensemble.word(1, "ruok")).isEqualTo("imok");
        }
    }

    private static void awaitMetric(TestEnsemble ensemble, long sid, String name, String value) {
        await().atMost(TestEnsemble.DEADLINE)
                .untilAsserted(() -> assertThat(ensemble.metric(sid, name)).hasValue(value));
    }

    private static void awaitData(ZooKeeper client, String path, String expected) {
        await().atMost(TestEnsemble.DEADLINE).untilAsserted(() -> {
            try {
                assertThat(new String(client.getData(path, false, null), UTF_8)).isEqualTo(expected);
            } catch (KeeperException e) {
                throw new AssertionError(e);
            }
        });
    }
}
