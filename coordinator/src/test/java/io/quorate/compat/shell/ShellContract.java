package io.quorate.compat.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import io.quorate.compat.shell.Shell.Ended;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every command of ZooKeeper's shell, typed at one shell that all tests share; each test has nodes of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ShellContract {

    private static final String STAT = "(?s).*cZxid = 0x[0-9a-f]+\\nctime = .*\\nmZxid = 0x[0-9a-f]+\\nmtime = .*\\n"
            + "pZxid = 0x[0-9a-f]+\\ncversion = -?\\d+\\ndataVersion = %s\\naclVersion = %s\\n"
            + "ephemeralOwner = 0x[0-9a-f]+\\ndataLength = %s\\nnumChildren = \\d+";

    private final CompatServer server;
    private final ShellKind kind;
    private Shell shell;

    ShellContract(CompatServer server, ShellKind kind) {
        this.server = server;
        this.kind = kind;
    }

    @BeforeAll
    void open() throws Exception {
        shell = Shell.open(kind, server.connectString());
    }

    @AfterAll
    void close() {
        if (shell != null) {
            shell.close();
        }
    }

    private static Pattern stat(Object dataVersion, Object aclVersion, Object dataLength) {
        return Pattern.compile(STAT.formatted(dataVersion, aclVersion, dataLength));
    }

    @Test
    void createMakesEveryKindOfNode() {
        assertThat(shell.run("create /kinds")).isEqualTo("Created /kinds");
        assertThat(shell.run("create /kinds/p data")).isEqualTo("Created /kinds/p");
        assertThat(shell.run("create -s /kinds/s- data")).isEqualTo("Created /kinds/s-0000000001");
        assertThat(shell.run("create -e /kinds/e data")).isEqualTo("Created /kinds/e");
        assertThat(shell.run("create -e -s /kinds/es- data")).isEqualTo("Created /kinds/es-0000000003");
        assertThat(shell.run("create -c /kinds/c")).isEqualTo("Created /kinds/c");
        assertThat(shell.run("create -t 60000 /kinds/t data")).isEqualTo("Created /kinds/t");
        assertThat(shell.run("create -s -t 60000 /kinds/ts- data")).isEqualTo("Created /kinds/ts-0000000006");
        assertThat(shell.run("create /kinds/acl data world:anyone:r")).isEqualTo("Created /kinds/acl");
        assertThat(shell.run("set /kinds/acl no")).endsWith("Insufficient permission : /kinds/acl");
        assertThat(shell.run("create /kinds/p again")).isEqualTo("Node already exists: /kinds/p");
        assertThat(shell.run("create /nowhere/p data")).isEqualTo("Node does not exist: /nowhere/p");
        assertThat(shell.run("create /kinds/e/child")).isEqualTo("Ephemerals cannot have children: /kinds/e/child");
        assertThat(shell.run("stat /kinds/e")).doesNotContain("ephemeralOwner = 0x0\n");
    }

    @Test
    void lsListsPlainlyWithStatRecursivelyAndWatching() {
        shell.run("create /ls");
        shell.run("create /ls/b");
        shell.run("create /ls/a");
        shell.run("create /ls/a/deep");
        assertThat(shell.run("ls /ls")).isEqualTo("[a, b]");
        assertThat(shell.run("ls -s /ls")).startsWith("[a, b]").matches(stat(0, 0, 0));
        assertThat(shell.run("ls -R /ls").lines()).containsExactlyInAnyOrder("/ls", "/ls/a", "/ls/a/deep", "/ls/b");
        assertThat(shell.run("ls /nowhere")).isEqualTo("Node does not exist: /nowhere");
        assertThat(shell.run("ls -w /ls")).isEqualTo("[a, b]");
        shell.run("create /ls/c");
        shell.awaitEvent("NodeChildrenChanged", "/ls");
    }

    @Test
    void getAndSetReadAndWriteWithVersions() {
        shell.run("create /data first");
        assertThat(shell.run("get /data")).isEqualTo("first");
        assertThat(shell.run("get -s /data")).startsWith("first\n").matches(stat(0, 0, 5));
        assertThat(shell.run("set /data second")).isEmpty();
        assertThat(shell.run("set -s /data third")).matches(stat(2, 0, 5));
        assertThat(shell.run("set -v 1 /data no")).isEqualTo("version No is not valid : /data");
        assertThat(shell.run("set -v 2 /data four")).isEmpty();
        assertThat(shell.run("get -b /data")).isEqualTo("Zm91cg==");
        assertThat(shell.run("get -x /data")).contains("66 6f 75 72").contains("|four ");
        assertThat(shell.run("set -b /data c2l4")).isEmpty();
        assertThat(shell.run("get -w /data")).isEqualTo("six");
        shell.run("set /data seven");
        shell.awaitEvent("NodeDataChanged", "/data");
        assertThat(shell.run("get /nowhere")).isEqualTo("Node does not exist: /nowhere");
    }

    @Test
    void optionsMayBeJoinedToEachOtherAndToTheirValues() {
        shell.run("create /joined x");
        assertThat(shell.run("create -se /joined/es- data")).isEqualTo("Created /joined/es-0000000000");
        assertThat(shell.run("set /joined one -v0")).isEmpty();
        assertThat(shell.run("set -v=1 /joined two")).isEmpty();
        assertThat(shell.run("set -sv2 /joined three")).matches(stat(3, 0, 5));
        assertThat(shell.run("set /joined -- -s")).isEmpty();
        assertThat(shell.run("get -- /joined")).isEqualTo("-s");
        assertThat(shell.run("set -v -s /joined no")).contains("Missing argument for option: v");
    }

    @Test
    void theThirdWordOfOldScriptsSetsAWatch() {
        String deprecated = "'%s path [watch]' has been deprecated. Please use '%s path' instead.";
        shell.run("create /old x");
        assertThat(shell.run("get /old watch")).contains("x", deprecated.formatted("get", "get [-s] [-w]"));
        shell.run("set /old y");
        shell.awaitEvent("NodeDataChanged", "/old");
        assertThat(shell.run("stat /old watch")).contains("cZxid", deprecated.formatted("stat", "stat [-w]"));
        shell.run("set /old z");
        shell.awaitEvent("NodeDataChanged", "/old");
        assertThat(shell.run("ls /old watch")).contains("[]", deprecated.formatted("ls", "ls [-w]"));
        shell.run("create /old/child");
        shell.awaitEvent("NodeChildrenChanged", "/old");
    }

    @Test
    void statShowsAllFieldsAndWatches() {
        shell.run("create /stat x");
        assertThat(shell.run("stat -w /stat")).matches(stat(0, 0, 1));
        shell.run("delete /stat");
        shell.awaitEvent("NodeDeleted", "/stat");
        assertThat(shell.run("stat /stat")).isEqualTo("Node does not exist: /stat");
    }

    @Test
    void deleteAndDeleteAllRemove() {
        shell.run("create /del");
        shell.run("create /del/a");
        shell.run("create /del/a/b");
        assertThat(shell.run("delete -v 7 /del/a/b")).isEqualTo("version No is not valid : /del/a/b");
        assertThat(shell.run("delete /del")).isEqualTo("Node not empty: /del");
        assertThat(shell.run("delete -v 0 /del/a/b")).isEmpty();
        assertThat(shell.run("delete /del/a/b")).isEqualTo("Node does not exist: /del/a/b");
        shell.run("create /del/a/c");
        assertThat(shell.run("deleteall /del -b 2")).isEmpty();
        assertThat(shell.run("stat /del")).isEqualTo("Node does not exist: /del");
        shell.run("create /del");
        shell.run("create /del/a");
        assertThat(shell.run("deleteall /del")).isEmpty();
        assertThat(shell.run("ls /del")).isEqualTo("Node does not exist: /del");
    }

    @Test
    void listsOfPermissionsAreShownAndSet() {
        shell.run("create /acl x");
        shell.run("create /acl/child x");
        assertThat(shell.run("getAcl /acl")).isEqualTo("'world,'anyone\n: cdrwa");
        assertThat(shell.run("getAcl -s /acl"))
                .startsWith("'world,'anyone\n: cdrwa\n")
                .matches(stat(0, 0, 1));
        assertThat(shell.run("setAcl -s /acl world:anyone:cdrwa,ip:127.0.0.1:r"))
                .matches(stat(0, 1, 1));
        assertThat(shell.run("getAcl /acl")).isEqualTo("'world,'anyone\n: cdrwa\n'ip,'127.0.0.1\n: r");
        assertThat(shell.run("getAcl /acl/child")).isEqualTo("'world,'anyone\n: cdrwa");
        assertThat(shell.run("setAcl -v 9 /acl world:anyone:r")).isEqualTo("version No is not valid : /acl");
        assertThat(shell.run("setAcl -R /acl world:anyone:cdrwa,ip:127.0.0.2:r"))
                .isEmpty();
        assertThat(shell.run("getAcl /acl/child")).contains("'ip,'127.0.0.2\n: r");
    }

    @Test
    void addauthGivesAnIdentityThatWhoamiShows() {
        shell.run("create /auth x");
        assertThat(shell.run("addauth digest user:password")).isEmpty();
        assertThat(shell.run("whoami"))
                .startsWith("Auth scheme: User")
                .contains("ip: 127.0.0.1")
                .contains("digest: user");
        assertThat(shell.run("setAcl /auth auth::cdrwa")).isEmpty();
        assertThat(shell.run("getAcl /auth")).matches("'digest,'user:[A-Za-z0-9+/=]{28}\\n: cdrwa");
    }

    @Test
    void quotasAreSetListedAndDeleted() {
        shell.run("create /quota data");
        assertThat(shell.run("setquota -n 5 /quota")).isEmpty();
        assertThat(shell.run("setquota -b 100 /quota")).isEmpty();
        assertThat(shell.run("setquota -N 6 /quota")).isEmpty();
        assertThat(shell.run("setquota -B 200 /quota")).isEmpty();
        shell.run("create /quota/child 12345");
        assertThat(shell.run("listquota /quota"))
                .isEqualTo("absolute path is /zookeeper/quota/quota/zookeeper_limits\n"
                        + "Output quota for /quota count=5,bytes=100=;byteHardLimit=200;countHardLimit=6\n"
                        + "Output stat for /quota count=2,bytes=9");
        assertThat(shell.run("delquota -n /quota")).isEmpty();
        assertThat(shell.run("listquota /quota")).contains("count=-1,bytes=100");
        assertThat(shell.run("delquota /quota")).isEmpty();
        assertThat(shell.run("listquota /quota")).endsWith("quota for /quota does not exist.");
        assertThat(shell.run("delquota /quota")).isEqualTo("Quota does not exist for /quota");
        String count = "the num quota must be greater than zero";
        assertThat(shell.run("setquota -n 0 /quota")).isEqualTo(count);
        assertThat(shell.run("setquota -N -5 /quota")).isEqualTo(count);
        String bytes = "the bytes quota must be greater than or equal to zero";
        assertThat(shell.run("setquota -b -1 /quota")).isEqualTo(bytes);
        assertThat(shell.run("setquota -B -1 /quota")).isEqualTo(bytes);
        assertThat(shell.run("listquota /quota")).endsWith("quota for /quota does not exist.");
        assertThat(shell.run("setquota -n 5 /nowhere")).isEqualTo("/nowhere does not exist.");
    }

    @Test
    void syncEphemeralsAndTheNumberOfChildren() {
        shell.run("create /num");
        shell.run("create -e /num/e1");
        shell.run("create -e /num/e2");
        assertThat(shell.run("sync /")).isEqualTo("Sync is OK");
        assertThat(shell.run("getEphemerals /num")).matches("\\[/num/e[12], /num/e[12]]");
        assertThat(shell.run("getEphemerals")).contains("/num/e1");
        assertThat(shell.run("getEphemerals /nowhere")).isEqualTo("[]");
        assertThat(shell.run("getAllChildrenNumber /num")).isEqualTo("2");
    }

    @Test
    void watchesAreAddedAndRemoved() {
        assertThat(shell.run("addWatch /watch")).isEmpty();
        assertThat(shell.run("create /watch")).contains("Created /watch");
        shell.awaitEvent("NodeCreated", "/watch");
        shell.run("create /watch/deep");
        shell.awaitEvent("NodeCreated", "/watch/deep");
        shell.run("removewatches /watch");
        shell.awaitEvent("PersistentWatchRemoved", "/watch");
        assertThat(shell.run("removewatches /watch")).endsWith("KeeperErrorCode = No such watcher for /watch");
        shell.run("addWatch -m PERSISTENT /watch");
        shell.run("set /watch x");
        shell.awaitEvent("NodeDataChanged", "/watch");
        shell.run("removewatches /watch -a");
        shell.awaitEvent("PersistentWatchRemoved", "/watch");
    }

    @Test
    void watchesAreRemovedByTheirType() {
        shell.run("create /types");
        assertThat(shell.run("addWatch -m persistent /types")).isEmpty();
        assertThat(shell.run("removewatches /types -r")).endsWith("KeeperErrorCode = No such watcher for /types");
        shell.run("removewatches /types -p");
        shell.awaitEvent("PersistentWatchRemoved", "/types");
        assertThat(shell.run("addWatch -m PERSISTENT_RECURSIVE /types")).isEmpty();
        shell.run("removewatches /types -r -l");
        shell.awaitEvent("PersistentWatchRemoved", "/types");
        assertThat(shell.run("addWatch -m foo /types"))
                .startsWith("addWatch [-m mode] path # optional mode is one of [PERSISTENT, PERSISTENT_RECURSIVE]");
    }

    @Test
    void watchesAreNotPrintedWhenSwitchedOff() {
        shell.run("create /silent");
        shell.run("printwatches on");
        assertThat(shell.run("printwatches")).isEqualTo("printwatches is on");
        shell.run("printwatches off");
        assertThat(shell.run("printwatches")).isEqualTo("printwatches is off");
        shell.run("stat -w /silent");
        shell.run("set /silent x");
        shell.run("sync /");
        shell.run("printwatches on");
        shell.run("stat -w /silent");
        shell.run("delete /silent");
        shell.awaitEvent("NodeDeleted", "/silent");
        assertThat(shell.screen()).doesNotContain("type:NodeDataChanged path:/silent");
    }

    @Test
    void historyIsKeptAndCommandsAreRedone() {
        shell.run("create /redo");
        shell.run("create -s /redo/n-");
        String history = shell.run("history");
        assertThat(history).containsPattern("\\d+ - create -s /redo/n-\\n\\d+ - history");
        String number = history.replaceAll("(?s).*\\n?(?<!\\d)(\\d+) - create -s /redo/n-.*", "$1");
        assertThat(shell.run("redo " + number)).isEqualTo("Created /redo/n-0000000001");
        assertThat(shell.run("redo 99999")).endsWith("Command index out of range");
        String redo = shell.run("history").replaceAll("(?s).*\\n?(?<!\\d)(\\d+) - redo 99999.*", "$1");
        assertThat(shell.run("redo " + redo)).endsWith("No redoing redos");
    }

    @Test
    void versionConfigAndRefusedReconfig() {
        assertThat(shell.run("version")).startsWith(kind.version());
        assertThat(shell.run("config -s")).matches(stat(0, -1, 0));
        assertThat(shell.run("config -c")).isEmpty();
        assertThat(shell.run("reconfig -add server.9=127.0.0.1:1:2;3"))
                .isEqualTo("KeeperErrorCode = Reconfig is disabled");
    }

    @Test
    void unknownAndIncompleteCommandsAreExplained() {
        assertThat(shell.run("nosuch")).endsWith("Command not found: Command not found nosuch");
        assertThat(shell.run("help")).contains("\tls [-s] [-w] [-R] path", "\twhoami");
        assertThat(shell.run("ls")).isEqualTo("ls [-s] [-w] [-R] path");
    }

    @Test
    void closeConnectAndQuitEndAndBeginSessions() throws Exception {
        try (Shell other = Shell.open(kind, server.connectString())) {
            other.run("create -e /brief");
            assertThat(shell.run("stat /brief")).matches(stat(0, 0, 0));
            other.run("close");
            assertThat(other.run("ls /")).contains("Not connected");
            assertThat(shell.run("stat /brief")).isEqualTo("Node does not exist: /brief");
            other.run("connect " + server.connectString());
            assertThat(other.run("ls /")).contains("zookeeper");
            other.run("connect");
            assertThat(other.run("ls /")).contains("zookeeper");
            assertThat(other.runLast("quit")).isZero();
            String host = "[zk: " + server.connectString();
            assertThat(other.screen())
                    .contains(host + "(CONNECTED) 0] ", host + "(CLOSED) 2] ", host + "(CLOSED) 3] ")
                    .contains(host + "(CONNECTED) 4] ", host + "(CONNECTED) 6] ")
                    .contains("WatchedEvent state:SyncConnected type:None path:null zxid: -1")
                    .contains("WatchedEvent state:Closed type:None path:null zxid: -1")
                    .doesNotContain("(CONNECTING)", "(CLOSED) 0]");
        }
    }

    @Test
    void aScriptFromAPipeIsCarriedOutAndItsLastCommandDecides() throws Exception {
        Ended read = Shell.piped(kind, server.connectString(), "create /pipe data", "get /nowhere", "get /pipe");
        assertThat(read.text()).contains("Created /pipe", "Node does not exist: /nowhere", "data");
        assertThat(read.code()).isZero();
        Ended refused = Shell.piped(kind, server.connectString(), "get /pipe", "get /nowhere", "quit");
        assertThat(refused.code()).isEqualTo(1);
    }

    @Test
    void oneCommandCanBeGivenAsArguments() throws Exception {
        Ended made = Shell.once(kind, server.connectString(), "create", "/argument", "data");
        assertThat(made.code()).isZero();
        assertThat(made.text()).contains("Created /argument");
        assertThat(shell.run("get /argument")).isEqualTo("data");
        Ended refused = Shell.once(kind, server.connectString(), "get", "/nowhere");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.text()).contains("Node does not exist: /nowhere");
        assertThat(Shell.once(kind, server.connectString(), "nosuch").code()).isEqualTo(127);
    }

    @Test
    void theConfigurationCanBeWatchedBelowAChroot() throws Exception {
        Ended shown = Shell.once(kind, server.connectString() + "/chroot", "config", "-w", "-s");
        assertThat(shown.code()).isZero();
        assertThat(shown.text()).contains("cZxid = 0x");
    }
}
