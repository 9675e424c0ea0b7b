package io.quorate.coordinator.admin;

import static io.quorate.coordinator.core.CoreDriver.WALL_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.core.CoreDriver;
import io.quorate.coordinator.core.RecordingClient;
import io.quorate.coordinator.metrics.Counter;
import io.quorate.coordinator.metrics.Metrics;
import io.quorate.coordinator.metrics.Timing;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.EmptyRequest;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.GetChildrenRequest;
import io.quorate.wire.proto.OpCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command on a real core, its answer compared as a whole. */
final class AdminCommandsTest {

    private static final Whitelist ALL = new Whitelist(Set.of("*"), false);
    private static final String VERSION = "3.9.5-quorate-0.1.0, built on 2026-11-20 10:00 UTC";

    private final CoreDriver driver = new CoreDriver();
    private final FixedFacts facts = new FixedFacts();
    private final Metrics metrics = new Metrics();

    private String ask(Whitelist whitelist, String word, long argument) {
        AdminCommands commands = new AdminCommands(whitelist, facts, metrics, event -> {
            driver.deliver(event);
            return true;
        });
        List<String> answers = new ArrayList<>();
        int number = word(word);
        boolean takesEight =
                word.equals("stmk") || (word.equals("hdto") && whitelist.names().contains(word));
        assertThat(commands.argumentBytes(number)).isEqualTo(takesEight ? 8 : 0);
        commands.run(number, argument, answers::add);
        assertThat(answers).hasSize(1);
        return answers.get(0);
    }

    private String ask(String word) {
        return ask(ALL, word, 0);
    }

    private static int word(String word) {
        return word.equals("telnet close")
                ? 0xfff4fffd
                : ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)).getInt();
    }

    private void create(RecordingClient client, int xid, String path, int flags) {
        driver.request(client, xid, OpCode.CREATE, new CreateRequest(path, new byte[2], Acl.OPEN_UNSAFE, flags));
    }

    private static String hex(long id) {
        return "0x" + Long.toHexString(id);
    }

    @Test
    void ruokAnswersAlways() {
        facts.serving = false;

        assertThat(ask("ruok")).isEqualTo("imok");
    }

    @Test
    void isroTellsWhetherWritesAreTaken() {
        assertThat(ask("isro")).isEqualTo("rw");
        facts.readOnly = true;
        assertThat(ask("isro")).isEqualTo("ro");
        facts.serving = false;
        assertThat(ask("isro")).isEqualTo("null");
    }

    @Test
    void theTraceMaskIsKept() {
        AdminCommands commands = new AdminCommands(ALL, facts, metrics, event -> true);
        List<String> answers = new ArrayList<>();

        commands.run(word("gtmk"), 0, answers::add);
        commands.run(word("stmk"), -7, answers::add);
        commands.run(word("gtmk"), 0, answers::add);

        assertThat(answers).containsExactly("306", "-7", "-7");
    }

    @Test
    void confListsTheSettings() {
        assertThat(ask("conf"))
                .isEqualTo(
                        """
                        clientPort=41317
                        secureClientPort=-1
                        dataDir=/data/version-2
                        dataDirSize=67109358
                        dataLogDir=/log/version-2
                        dataLogSize=448
                        tickTime=2000
                        maxClientCnxns=60
                        minSessionTimeout=4000
                        maxSessionTimeout=40000
                        clientPortListenBacklog=-1
                        serverId=0
                        """);
    }

    @Test
    void aServerOnItsOwnHandsNothingOver() {
        Whitelist named = new Whitelist(Set.of("hand", "hdto"), false);

        assertThat(ask(named, "hand", 0)).isEqualTo("Not handed over: this server does not lead.\n");
        assertThat(ask(named, "hdto", 0x3030303030303032L)).isEqualTo("Not handed over: this server does not lead.\n");
    }

    @Test
    void aSuccessorIsNamedInEightDigits() {
        assertThat(HandOverCommand.number(0x3030303030303132L)).isEqualTo(12);
        assertThat(HandOverCommand.number(0x3030303030303030L)).isEqualTo(-1);
        assertThat(HandOverCommand.number(0x303030303030320aL)).isEqualTo(-1);
        assertThat(HandOverCommand.number(2)).isEqualTo(-1);
        assertThat(ask(new Whitelist(Set.of("hdto"), false), "hdto", 2))
                .isEqualTo("Not handed over: the number of a server is wanted in eight digits, as in hdto00000002.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hand", "hdto"})
    void allWordsAreNotThoseThatChangeWhoLeads(String word) {
        assertThat(ask(ALL, word, 0)).isEqualTo(word + " is not executed because it is not in the whitelist.\n");
    }

    @Test
    void dirsTellsBothSizes() {
        assertThat(ask("dirs")).isEqualTo("datadir_size: 67109358\nlogdir_size: 448\n");
    }

    @Test
    void enviBeginsWithTheVersion() {
        assertThat(ask("envi"))
                .isEqualTo(
                        "Environment:\nzookeeper.version=" + VERSION + "\nhost.name=localhost\nos.memory.free=367MB\n");
    }

    @Test
    void srvrSumsUpAFreshServer() {
        assertThat(ask("srvr"))
                .isEqualTo(
                        "Zookeeper version: " + VERSION + "\n"
                                + """
                        Latency min/avg/max: 0/0.0/0
                        Received: 16
                        Sent: 15
                        Connections: 0
                        Outstanding: 0
                        Zxid: 0x0
                        Mode: standalone
                        Node count: 5
                        """);
    }

    @Test
    void srvrSaysThatItIsReadOnly() {
        facts.readOnly = true;

        assertThat(ask("srvr"))
                .startsWith("Zookeeper version: " + VERSION
                        + "\nREAD-ONLY mode; serving only read-only clients\nLatency min/avg/max: 0/0.0/0\n");
    }

    @Test
    void latencyIsAMeanOfFourDigits() {
        RecordingClient client = driver.connected();
        driver.holdLog();
        create(client, 1, "/a", 0);
        driver.pass(5);
        driver.flush();
        driver.request(client, 2, OpCode.EXISTS, new ExistsRequest("/a", false));

        assertThat(ask("srvr")).contains("\nLatency min/avg/max: 0/1.6667/5\n", "\nZxid: 0x2\n", "\nNode count: 6\n");
    }

    @Test
    void statListsConnectionsInBrief() {
        driver.connected();
        driver.open();

        assertThat(ask("stat"))
                .isEqualTo(
                        "Zookeeper version: " + VERSION + "\n"
                                + """
                        Clients:
                         /127.0.0.1:50001[1](queued=0,recved=0,sent=0)
                         /127.0.0.1:50002[1](queued=0,recved=0,sent=0)

                        Latency min/avg/max: 0/0.0/0
                        Received: 16
                        Sent: 15
                        Connections: 2
                        Outstanding: 0
                        Zxid: 0x1
                        Mode: standalone
                        Node count: 5
                        """);
    }

    @Test
    void consTellsWhatEachConnectionDidLast() {
        driver.pass(100);
        RecordingClient client = driver.connected();
        driver.open();
        driver.pass(20);
        driver.request(client, 4, OpCode.EXISTS, new ExistsRequest("/", false));
        client.take();

        assertThat(ask("cons"))
                .isEqualTo(" /127.0.0.1:50001[1](queued=0,recved=1,sent=0,sid=" + hex(client.session())
                        + ",lop=EXIS,est=" + (WALL_MILLIS + 100)
                        + ",to=10000,lcxid=0x4,lzxid=0x1,lresp=120,llat=0,minlat=0,avglat=0,maxlat=0)\n"
                        + " /127.0.0.1:50002[1](queued=0,recved=0,sent=0)\n\n");
    }

    /** As the reference shows it: the session's creation is an operation, and a ping does not hide the last xid. */
    @Test
    void consKeepsTheLastXidOfTheClientItself() {
        RecordingClient client = driver.connected();
        assertThat(ask("cons")).contains(",lop=SESS,").contains(",lcxid=0x0,lzxid=0x1,");
        driver.request(client, 4, OpCode.EXISTS, new ExistsRequest("/", false));
        driver.request(client, -2, OpCode.PING, EmptyRequest.INSTANCE);
        assertThat(ask("cons")).contains(",lop=PING,").contains(",lcxid=0x4,");
    }

    @Test
    void crstForgetsWhatConnectionsDid() {
        RecordingClient client = driver.connected();
        driver.request(client, 4, OpCode.EXISTS, new ExistsRequest("/", false));

        assertThat(ask("crst")).isEqualTo("Connection stats reset.\n");
        assertThat(ask("cons")).contains(",lop=NA,").doesNotContain("lcxid");
    }

    @Test
    void srstForgetsWhatTheServerDid() {
        RecordingClient client = driver.connected();
        driver.holdLog();
        create(client, 1, "/a", 0);
        driver.pass(5);
        driver.flush();
        metrics.take(Counter.CONNECTION_REJECTED).add(3);
        metrics.take(Timing.FSYNCTIME).record(4);

        assertThat(ask("srst")).isEqualTo("Server stats reset.\n");
        assertThat(ask("srvr")).contains("Latency min/avg/max: 0/0.0/0\nReceived: 0\nSent: 0\n");
        assertThat(ask("mntr")).contains("zk_connection_rejected\t0\n", "zk_cnt_fsynctime\t0\n");
    }

    @Test
    void dumpListsSessionsByBucketAndTheirEphemerals() {
        RecordingClient first = driver.connected();
        RecordingClient second = driver.connected();
        create(second, 1, "/b", 1);
        create(second, 2, "/a", 1);
        driver.pass(3000);
        RecordingClient third = driver.connected();

        assertThat(ask("dump"))
                .isEqualTo("SessionTracker dump:\nSession Sets (2)/(3):\n2 expire at " + date(11_000) + ":\n\t"
                        + hex(first.session()) + "\n\t" + hex(second.session()) + "\n1 expire at " + date(14_000)
                        + ":\n\t" + hex(third.session())
                        + "\nephemeral nodes dump:\nSessions with Ephemerals (1):\n" + hex(second.session())
                        + ":\n\t/b\n\t/a\nConnections dump:\n");
    }

    private static String date(long afterStart) {
        return DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US)
                .withZone(ZoneId.systemDefault())
                .format(Instant.ofEpochMilli(WALL_MILLIS + afterStart));
    }

    @Test
    void hashListsTheDigestOfEvery128thTransaction() {
        RecordingClient client = driver.connected();
        assertThat(ask("hash")).isEmpty();
        for (int i = 2; i <= 128; i++) {
            create(client, i, "/n" + i, 0);
        }
        long[] digest = new long[1];
        driver.look(view -> digest[0] = view.tree().digest());
        create(client, 129, "/m", 0);

        assertThat(ask("hash")).isEqualTo("80: " + digest[0] + "\n");
    }

    @Test
    void watchCommandsShowTheDataWatches() {
        RecordingClient first = driver.connected();
        RecordingClient second = driver.connected();
        for (RecordingClient client : List.of(first, second)) {
            driver.request(client, 1, OpCode.EXISTS, new ExistsRequest("/zzz", true));
        }
        driver.request(second, 2, OpCode.EXISTS, new ExistsRequest("/", true));
        driver.request(second, 3, OpCode.GET_CHILDREN, new GetChildrenRequest("/zookeeper", true));
        String one = hex(first.session());
        String two = hex(second.session());

        assertThat(ask("wchs")).isEqualTo("2 connections watching 2 paths\nTotal watches:3\n");
        assertThat(ask("wchc")).isEqualTo(one + "\n\t/zzz\n" + two + "\n\t/zzz\n\t/\n\n");
        assertThat(ask("wchp")).isEqualTo("/\n\t" + two + "\n/zzz\n\t" + one + "\n\t" + two + "\n\n");
    }

    @Test
    void watchCommandsOfAServerWithoutWatches() {
        assertThat(ask("wchs")).isEqualTo("0 connections watching 0 paths\nTotal watches:0\n");
        assertThat(ask("wchc")).isEqualTo("\n");
        assertThat(ask("wchp")).isEqualTo("\n");
    }

    @Test
    void mntrListsWhatIsMeasuredAndNothingElse() {
        RecordingClient client = driver.connected();
        create(client, 1, "/a", 1);
        driver.request(client, 2, OpCode.EXISTS, new ExistsRequest("/zzz", true));
        metrics.take(Counter.CONNECTION_REJECTED).add(2);
        metrics.take(Counter.CONNECTION_REJECTED).add(1);
        metrics.take(Timing.FSYNCTIME).record(4);
        metrics.take(Timing.FSYNCTIME).record(1);
        facts.openFiles = -1;

        assertThat(ask("mntr"))
                .isEqualTo(
                        "zk_version\t" + VERSION + "\n"
                                + """
                        zk_server_state	standalone
                        zk_avg_latency	0.0
                        zk_max_latency	0
                        zk_min_latency	0
                        zk_packets_received	16
                        zk_packets_sent	15
                        zk_num_alive_connections	1
                        zk_outstanding_requests	0
                        zk_uptime	1234
                        zk_znode_count	6
                        zk_watch_count	1
                        zk_ephemerals_count	1
                        zk_approximate_data_size	48
                        zk_global_sessions	1
                        zk_local_sessions	0
                        zk_max_file_descriptor_count	4096
                        zk_auth_failed_count	0
                        zk_outstanding_tls_handshake	0
                        zk_non_mtls_remote_conn_count	0
                        zk_non_mtls_local_conn_count	0
                        zk_connection_drop_probability	0.0
                        zk_connection_rejected	3
                        zk_stale_sessions_expired	0
                        zk_digest_mismatches_count	0
                        zk_throttled_ops	0
                        zk_unrecoverable_error_count	0
                        zk_writes_refused_for_space	0
                        zk_avg_fsynctime	2.5
                        zk_min_fsynctime	1
                        zk_max_fsynctime	4
                        zk_cnt_fsynctime	2
                        zk_sum_fsynctime	5
                        zk_avg_readlatency	0.0
                        zk_min_readlatency	0
                        zk_max_readlatency	0
                        zk_cnt_readlatency	1
                        zk_sum_readlatency	0
                        zk_p50_readlatency	0
                        zk_p95_readlatency	0
                        zk_p99_readlatency	0
                        zk_p999_readlatency	0
                        zk_avg_updatelatency	0.0
                        zk_min_updatelatency	0
                        zk_max_updatelatency	0
                        zk_cnt_updatelatency	2
                        zk_sum_updatelatency	0
                        zk_p50_updatelatency	0
                        zk_p95_updatelatency	0
                        zk_p99_updatelatency	0
                        zk_p999_updatelatency	0
                        """);
    }

    @Test
    void telnetIsLetGoWithoutAWord() {
        assertThat(ask("telnet close")).isEmpty();
        assertThat(ask(new Whitelist(Set.of(), false), "telnet close", 0))
                .isEqualTo("telnet close is not executed because it is not in the whitelist.\n");
    }

    @Test
    void onlyListedCommandsRun() {
        Whitelist some = new Whitelist(Set.of("ruok"), false);

        assertThat(ask(some, "ruok", 0)).isEqualTo("imok");
        assertThat(ask(some, "mntr", 0)).isEqualTo("mntr is not executed because it is not in the whitelist.\n");
        assertThat(ask(some, "isro", 0)).isEqualTo("isro is not executed because it is not in the whitelist.\n");
        assertThat(ask(some, "srvr", 0)).startsWith("Zookeeper version: ");
        assertThat(ask(new Whitelist(Set.of(), true), "isro", 0)).isEqualTo("rw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"conf", "cons", "crst", "dirs", "dump", "mntr", "srst", "srvr", "stat", "wchc", "wchp", "wchs"})
    void aServerThatDoesNotServeSaysSo(String word) {
        facts.serving = false;

        assertThat(ask(word)).isEqualTo("This ZooKeeper instance is not currently serving requests\n");
    }

    @Test
    void hashSaysItWithoutALineEnd() {
        facts.serving = false;

        assertThat(ask("hash")).isEqualTo("This ZooKeeper instance is not currently serving requests");
        assertThat(ask("gtmk")).isEqualTo("306");
        assertThat(ask("envi")).startsWith("Environment:\n");
    }

    @Test
    void aCoreThatTakesNoEventIsAnsweredFor() {
        AdminCommands commands = new AdminCommands(ALL, facts, metrics, event -> false);
        List<String> answers = new ArrayList<>();

        commands.run(word("srvr"), 0, answers::add);

        assertThat(answers).containsExactly("This ZooKeeper instance is not currently serving requests\n");
    }

    @Test
    void otherBytesAreNoCommand() {
        AdminCommands commands = new AdminCommands(ALL, facts, metrics, event -> true);

        for (String other : List.of("RUOK", "zzzz", "\0\0\0\u002d")) {
            assertThat(commands.argumentBytes(word(other))).isEqualTo(-1);
        }
    }
}
