package io.quorate.compat.words;

import static io.quorate.compat.words.Words.ADDRESS;
import static io.quorate.compat.words.Words.DATE;
import static io.quorate.compat.words.Words.SESSION;
import static io.quorate.compat.words.Words.assertLines;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The answers of the four-letter words on a standalone server with one session that owns an ephemeral node and two
 * watches. The formats are those of section 14 of the client protocol.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FourLetterWordsTest {

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm();

    private ZooKeeper client;

    @BeforeAll
    void connect() throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        client = new ZooKeeper(SERVER.connectString(), 30_000, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        connected.await();
        client.create("/eph", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        client.exists("/eph", true);
        client.exists("/none", true);
        client.getChildren("/", true);
        for (int i = 0; i < 300; i++) {
            client.setData("/eph", "x".getBytes(UTF_8), -1, (rc, path, context, stat) -> {}, null);
        }
        client.sync("/");
        client.exists("/eph", true);
    }

    @AfterAll
    void disconnect() throws Exception {
        client.close();
    }

    private static String ask(String word) {
        return ask(word.getBytes(ISO_8859_1));
    }

    private static String ask(byte[] bytes) {
        try (Socket socket = new Socket(
                SERVER.process().address().getAddress(), SERVER.process().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes);
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            return "closed by force";
        }
    }

    private String session() {
        return "0x" + Long.toHexString(client.getSessionId());
    }

    @ParameterizedTest
    @CsvSource({"ruok,imok", "isro,rw", "gtmk,306"})
    void wordsWithOneAnswer(String word, String answer) {
        assertThat(ask(word)).isEqualTo(answer);
    }

    @Test
    void resetsSayWhatTheyReset() {
        assertThat(ask("srst")).isEqualTo("Server stats reset.\n");
        assertThat(ask("crst")).isEqualTo("Connection stats reset.\n");
        assertThat(ask("srvr")).contains("\nReceived: 2\n");
    }

    @Test
    void stmkSetsTheMaskThatGtmkShows() {
        assertThat(ask(mask(342))).isEqualTo("342");
        assertThat(ask("gtmk")).isEqualTo("342");
        assertThat(ask(mask(306))).isEqualTo("306");
    }

    private static byte[] mask(long value) {
        return ByteBuffer.allocate(12)
                .put("stmk".getBytes(ISO_8859_1))
                .putLong(value)
                .array();
    }

    @Test
    void srvrSummarizesTheServer() {
        List<String> lines = new ArrayList<>(List.of(Words.VERSION));
        lines.addAll(Words.SERVER);
        assertLines(ask("srvr"), lines);
    }

    @Test
    void statListsTheConnectionsToo() {
        List<String> lines = new ArrayList<>(List.of(Words.VERSION, "Clients:"));
        lines.add("(?:" + Words.BARE + "\n)+");
        lines.addAll(Words.SERVER);
        assertLines(ask("stat"), lines);
    }

    @Test
    void consShowsEveryConnection() {
        String answer = ask("cons");
        assertThat(answer).endsWith(")\n\n");
        assertThat(answer.lines())
                .anyMatch(line -> line.matches(Words.connection(client.getSessionId())))
                .anyMatch(line -> line.matches(Words.BARE))
                .allMatch(line -> line.isEmpty()
                        || line.matches(Words.connection(client.getSessionId()))
                        || line.matches(Words.BARE));
    }

    @Test
    void confShowsTheSettings() {
        assertLines(ask("conf"), Words.CONF);
        assertThat(ask("conf")).startsWith("clientPort=" + SERVER.process().port() + "\n");
    }

    @Test
    void dirsAndEnviDescribeTheProcess() {
        assertLines(ask("dirs"), Words.DIRS);
        assertLines(ask("envi"), Words.ENVI);
    }

    @Test
    void dumpShowsSessionsEphemeralsAndConnections() {
        String bucket = "\\d+ expire at " + DATE + ":(?:\n\tip: " + ADDRESS + " sessionId: " + SESSION + ")*";
        String connections = "(?:\nConnections Sets \\(\\d+\\)/\\(\\d+\\):(?:\n" + bucket + ")+)?";
        assertLines(
                ask("dump"),
                List.of(
                        "SessionTracker dump:",
                        "Session Sets \\(\\d+\\)/\\(1\\):",
                        "(?:0 expire at " + DATE + ":\n)*1 expire at " + DATE + ":",
                        "\t" + session() + "(?:\n0 expire at " + DATE + ":)*",
                        "ephemeral nodes dump:",
                        "Sessions with Ephemerals \\(1\\):",
                        session() + ":",
                        "\t/eph",
                        // A server on Netty lists no connections here.
                        "Connections dump:" + connections));
    }

    @Test
    void hashShowsDigests() {
        assertThat(ask("hash")).matches("(?:[0-9a-f]*[08]0: -?\\d+\n)+");
    }

    @Test
    void watchesAreSummedUpAndListedBothWays() {
        assertThat(ask("wchs")).isEqualTo("1 connections watching 2 paths\nTotal watches:2\n");
        assertThat(ask("wchc")).matches(session() + "\n(?:\t/eph\n\t/none\n|\t/none\n\t/eph\n)\n");
        String byPath = ask("wchp");
        assertThat(byPath.lines()).containsExactlyInAnyOrder("/eph", "\t" + session(), "/none", "\t" + session(), "");
        assertThat(byPath).endsWith("\n\n");
    }

    @Test
    void mntrStartsWithVersionAndStateAndListsMetrics() {
        List<String> lines = ask("mntr").lines().toList();
        assertThat(lines.get(0)).matches("zk_version\t" + Words.BUILD);
        assertThat(lines.get(1)).isEqualTo("zk_server_state\tstandalone");
        assertThat(lines.subList(2, lines.size()))
                .allMatch(
                        line -> line.matches("zk_[A-Za-z0-9_.\\-]+\t(" + Words.DECIMAL + "|" + Words.NUMBER + "|NaN)"));
        assertThat(lines).doesNotHaveDuplicates();
    }

    @Test
    void mntrHasTheNamesThatToolsRead() {
        assertThat(ask("mntr").lines().map(line -> line.split("\t", 2)[0])).containsAll(Words.METRICS);
    }

    @Test
    void mntrCountsWhatIsThere() {
        String answer = ask("mntr");
        assertThat(answer).contains("\nzk_ephemerals_count\t1\n", "\nzk_watch_count\t3\n", "\nzk_global_sessions\t1\n");
    }

    @Test
    void whatFollowsTheWordIsIgnored() {
        assertThat(ask("ruok\n")).isEqualTo("imok");
        assertThat(ask("ruok and more")).isIn("imok", "closed by force");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUOK", "zzzz"})
    void unknownWordsAreClosedWithoutAnAnswer(String word) {
        assertThat(ask(word)).isIn("", "closed by force");
    }

    @Test
    void aTelnetInterruptClosesTheConnection() {
        assertThat(ask(WhitelistTest.TELNET_INTERRUPT)).isIn("", "closed by force");
    }
}
