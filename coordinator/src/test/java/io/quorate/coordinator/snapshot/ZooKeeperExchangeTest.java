package io.quorate.coordinator.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.core.Recovery.DigestCheck;
import io.quorate.harness.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.EphemeralType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data goes from a real ZooKeeper into this server's form and back, and every client sees the same tree. */
final class ZooKeeperExchangeTest {

    private static final String[] JVM = {"-Dzookeeper.extendedTypesEnabled=true"};

    /** The client asks its lists whether they contain null, which those of List.of do not bear. */
    private static final List<ACL> BOB =
            Arrays.asList(new ACL(ZooDefs.Perms.ALL, new Id("digest", "bob:ttt4KD2l/LR0Mpj5c6jU0hrwVdE=")));

    @TempDir
    Path folder;

    @Test
    void whatAZooKeeperWroteBeforeItWasStoppedComesBackTheSame() throws Exception {
        exchange(Map.of(), false);
    }

    @Test
    void whatAZooKeeperWroteBeforeItWasKilledComesBackTheSame() throws Exception {
        exchange(Map.of("snapCount", "200", "preAllocSize", "64"), true);
    }

    @Test
    void compressedSnapshotsOfZooKeeperAreRead() throws Exception {
        exchange(Map.of("snapCount", "300", "snapshot.compression.method", "gz"), true);
        exchange(Map.of("snapCount", "300", "snapshot.compression.method", "snappy"), false);
    }

    /** Writes into a ZooKeeper, ends it, imports, starts another ZooKeeper on what the import wrote, and compares. */
    private void exchange(Map<String, String> settings, boolean kill) throws Exception {
        Path source = folder.resolve("source" + settings.hashCode());
        Map<String, String> before;
        ZooKeeper client = null;
        try (ServerProcess server = ServerProcess.zooKeeper(source, ServerProcess.freePort(), settings, JVM)) {
            client = connect(server);
            fill(client);
            before = dump(client);
            if (kill) {
                server.kill();
            } else {
                server.stop();
            }
        } finally {
            if (client != null) {
                client.close();
            }
        }
        Path target = folder.resolve("target" + settings.hashCode());
        ImportSummary summary = Version2Import.run(source.resolve("data"), null, target, false);

        assertThat(summary.digestCheck()).isEqualTo(DigestCheck.EQUAL);
        assertThat(summary.warnings()).isEmpty();
        assertThat(summary.filesRead().get(0).toString())
                .endsWith(settings.getOrDefault("snapshot.compression.method", ""));
        assertThat(summary.nodes()).isEqualTo(before.size() + 1);
        assertThat(summary.sessions()).isEqualTo(1);
        assertThat(summary.ephemerals()).isEqualTo(2);
        assertThat(served(summary.snapshot())).isEqualTo(before);
    }

    /** What a ZooKeeper serves that finds this snapshot and nothing else. */
    private Map<String, String> served(Path snapshot) throws Exception {
        Path export =
                folder.resolve("export-" + snapshot.getParent().getParent().getFileName());
        Path version2 = Files.createDirectories(export.resolve("data/version-2"));
        Files.copy(snapshot, version2.resolve(snapshot.getFileName()));
        try (ServerProcess server = ServerProcess.zooKeeper(export, ServerProcess.freePort(), Map.of(), JVM)) {
            ZooKeeper client = connect(server);
            Map<String, String> dump = dump(client);
            client.create("/s/after-", null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
            assertThat(client.exists("/s/after-0000000022", false)).isNotNull();
            assertThat(server.fourLetterWord("mntr")).contains("zk_digest_mismatches_count\t0");
            client.close();
            server.stop();
            return dump;
        } finally {
            digestAgrees(export);
        }
    }

    /** The other direction once more: what that ZooKeeper wrote behind our snapshot has digests that agree with ours. */
    private void digestAgrees(Path export) throws IOException {
        Path target = folder.resolve("again-" + export.getFileName());
        ImportSummary summary = Version2Import.run(export.resolve("data"), null, target, false);
        assertThat(summary.digestCheck()).isEqualTo(DigestCheck.EQUAL);
        Recovery recovery = new Core(TestServer.settings(true), new TestServer(null), null).recovery();
        assertThat(new SnapshotFiles(target.resolve(Version2Import.TARGET_FOLDER)).load(recovery))
                .isPresent();
    }

    private static ZooKeeper connect(ServerProcess server) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper(server.connectString(), 40_000, event -> {
            if (event.getState() == Watcher.Event.KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        assertThat(connected.await(30, TimeUnit.SECONDS)).isTrue();
        return client;
    }

    /** All kinds of nodes, lists, quotas and transactions, failed ones too. */
    private static void fill(ZooKeeper client) throws Exception {
        List<ACL> open = ZooDefs.Ids.OPEN_ACL_UNSAFE;
        client.create("/s", null, open, CreateMode.PERSISTENT);
        for (int i = 0; i < 20; i++) {
            client.create("/s/n-", ("data" + i).getBytes(UTF_8), open, CreateMode.PERSISTENT_SEQUENTIAL);
        }
        client.create("/a", "x".getBytes(UTF_8), ZooDefs.Ids.READ_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create("/secret", "x".getBytes(UTF_8), open, CreateMode.PERSISTENT);
        client.setACL("/secret", BOB, -1);
        client.create("/e", "gone with me".getBytes(UTF_8), open, CreateMode.EPHEMERAL);
        client.create("/s/e-", new byte[0], open, CreateMode.EPHEMERAL_SEQUENTIAL);
        client.create("/container", null, open, CreateMode.CONTAINER);
        client.create("/container/in", null, open, CreateMode.PERSISTENT);
        client.create("/ttl", "t".getBytes(UTF_8), open, CreateMode.PERSISTENT_WITH_TTL, new Stat(), 3_600_000);
        client.create("/ünïcode-\u4e2d", "ü".getBytes(UTF_8), open, CreateMode.PERSISTENT);
        client.create("/zookeeper/quota/s", null, open, CreateMode.PERSISTENT);
        client.create(
                "/zookeeper/quota/s/zookeeper_limits",
                "count=1000,bytes=-1".getBytes(UTF_8),
                open,
                CreateMode.PERSISTENT);
        client.create(
                "/zookeeper/quota/s/zookeeper_stats", "count=0,bytes=0".getBytes(UTF_8), open, CreateMode.PERSISTENT);
        for (int i = 0; i < 500; i++) {
            client.setData("/s/n-000000000" + i % 10, ("round" + i).getBytes(UTF_8), -1);
        }
        client.multi(List.of(
                Op.create("/m", null, open, CreateMode.PERSISTENT),
                Op.setData("/m", "multi".getBytes(UTF_8), 0),
                Op.create("/s/m-", null, open, CreateMode.PERSISTENT_SEQUENTIAL),
                Op.delete("/s/n-0000000019", -1)));
        refused(client);
        client.delete("/s/n-0000000018", -1);
    }

    private static void refused(ZooKeeper client) throws Exception {
        List<Op> ops = List.of(
                Op.create("/never", null, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT),
                Op.check("/m", 77),
                Op.delete("/a", -1));
        try {
            client.multi(ops);
            throw new AssertionError("the multi must fail");
        } catch (KeeperException e) {
            assertThat(e.code()).isEqualTo(KeeperException.Code.BADVERSION);
        }
    }

    private static Map<String, String> dump(ZooKeeper client) throws Exception {
        client.addAuthInfo("digest", "bob:x".getBytes(UTF_8));
        Map<String, String> nodes = new TreeMap<>();
        List<String> paths = new ArrayList<>(List.of("/"));
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            for (String child : client.getChildren(path, false)) {
                paths.add(path.equals("/") ? "/" + child : path + "/" + child);
            }
            nodes.put(path, describe(client, path));
        }
        assertThat(nodes).containsKey("/s/m-0000000021");
        return nodes;
    }

    private static String describe(ZooKeeper client, String path) throws Exception {
        Stat stat = client.exists(path, false);
        String data;
        String acl;
        try {
            byte[] bytes = client.getData(path, false, null);
            data = bytes == null ? "null" : new String(bytes, UTF_8);
        } catch (KeeperException.NoAuthException e) {
            data = "not for me";
        }
        try {
            acl = client.getACL(path, null).toString();
        } catch (KeeperException.NoAuthException e) {
            acl = "not for me";
        }
        boolean lastsAsLongAsItsSession = EphemeralType.get(stat.getEphemeralOwner()) == EphemeralType.NORMAL;
        return data + acl + stat.toString().trim() + lastsAsLongAsItsSession;
    }
}
