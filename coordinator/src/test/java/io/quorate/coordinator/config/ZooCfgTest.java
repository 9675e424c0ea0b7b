package io.quorate.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.config.ServerConfig.Choose;
import io.quorate.coordinator.config.ServerConfig.Purge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole files: what a server makes of them, and what it says about them. */
final class ZooCfgTest {

    @TempDir
    Path folder;

    private final Properties system = new Properties();

    private ZooCfg.Result read(String... lines) throws IOException {
        return ZooCfg.read(Files.writeString(folder.resolve("zoo.cfg"), String.join("\n", lines)), system);
    }

    private ServerConfig accepted(String... lines) throws IOException {
        ZooCfg.Result result = read(lines);
        assertThat(result).isInstanceOf(ZooCfg.Accepted.class);
        return ((ZooCfg.Accepted) result).config();
    }

    private List<String> refused(String... lines) throws IOException {
        ZooCfg.Result result = read(lines);
        assertThat(result).isInstanceOf(ZooCfg.Refused.class);
        return ((ZooCfg.Refused) result).reasons();
    }

    @Test
    void aMinimalFileGetsTheDefaultsOfZooKeeper() throws IOException {
        ServerConfig config = accepted("dataDir=/d", "clientPort=2181");

        assertThat(config.folders()).isEqualTo(new DataFolders(Path.of("/d"), Path.of("/d"), true));
        assertThat(config.tickTimeMillis()).isEqualTo(3000);
        assertThat(config.listener()).isEqualTo(new ServerConfig.Listener("", 2181, -1, false, 10_000));
        assertThat(config.sessions()).isEqualTo(new ServerConfig.SessionLimits(6000, 60_000));
        assertThat(config.limits())
                .isEqualTo(new ServerConfig.Limits(60, 0, 16_384, 1_048_575, 1_048_575, -1, 104_857_600));
        assertThat(config.tree().extendedTypes()).isFalse();
        assertThat(config.tree().digest()).isTrue();
        assertThat(config.tree().acl().skip()).isFalse();
        assertThat(config.tree().acl().digestAlgorithm()).isEqualTo("SHA1");
        assertThat(config.tree().containers()).isEqualTo(new ServerConfig.ContainerSettings(60_000, 10_000, 0));
        assertThat(config.fourLetterWords().allows("srvr")).isTrue();
        assertThat(config.fourLetterWords().allows("ruok")).isFalse();
        assertThat(config.notices()).isEmpty();
    }

    @Test
    void purgingIsOnUnlessItIsTurnedOff() throws IOException {
        assertThat(accepted("dataDir=/d", "clientPort=1").snapshots().purge()).isEqualTo(Purge.AFTER_EACH_SNAPSHOT);
        assertThat(accepted("dataDir=/d", "clientPort=1", "autopurge.purgeInterval=0")
                        .snapshots()
                        .purge())
                .isEqualTo(Purge.NEVER);
        ServerConfig.SnapshotSettings hourly = accepted("dataDir=/d", "clientPort=1", "autopurge.purgeInterval=1")
                .snapshots();
        assertThat(hourly.purge()).isEqualTo(Purge.PERIODIC);
        assertThat(hourly.purgeIntervalHours()).isEqualTo(1);
    }

    @Test
    void aServerWithoutAFileUsesTheTickOfTheExamplesAndListensOnAnyPortForZero() {
        ServerConfig config = ServerConfig.standalone(folder, 0);

        assertThat(config.tickTimeMillis()).isEqualTo(2000);
        assertThat(config.sessions()).isEqualTo(new ServerConfig.SessionLimits(4000, 40_000));
        assertThat(config.listener().port()).isZero();
        assertThat(config.log().inline()).isEqualTo(Choose.AUTO);
        assertThat(config.folders().dataDir()).isEqualTo(folder);
        assertThat(config.describe()).contains("tickTime = 2000 ms (chosen at start)", "maxClientCnxns = 60 (default)");
    }

    @Test
    void theFileWinsOverAPropertyAndAPropertyOverTheDefault() throws IOException {
        system.setProperty("zookeeper.snapCount", "7");
        system.setProperty("zookeeper.maxCnxns", "8");
        system.setProperty("jute.maxbuffer", "9000");
        system.setProperty("fsync.warningthresholdms", "11");

        ServerConfig config = accepted("dataDir=/d", "clientPort=1", "snapCount=6");

        assertThat(config.snapshots().transactionsBetween()).isEqualTo(6);
        assertThat(config.limits().connectionsMax()).isEqualTo(8);
        assertThat(config.limits().frameBytesMax()).isEqualTo(9000);
        assertThat(config.log().syncWarningMillis()).isEqualTo(11);
        assertThat(config.notices()).containsExactly("snapCount is set more than once; the value from the file wins");
    }

    @Test
    void allErrorsAreReportedAtOnce() throws IOException {
        assertThat(refused(
                        "tickTime=0",
                        "maxClientCnxns=many",
                        "skipACL=true",
                        "clientPortAddress=localhost",
                        "electionAlg=1"))
                .containsExactlyInAnyOrder(
                        "tickTime=0 (from the file): expected a whole number from 1 up to 107374182",
                        "maxClientCnxns=many (from the file): expected a whole number from 0 up to 2147483647",
                        "skipACL=true (from the file): expected yes or no, in lower case",
                        "electionAlg=1 (from the file): expected 3",
                        "dataDir is not set: write dataDir=/path/to/data",
                        "clientPortAddress is set but clientPort is not: write clientPort=2181",
                        "clientPort is not set: nobody could connect; write clientPort=2181");
    }

    @Test
    void unknownKeysAndKeysThatAreNotBuiltAreReportedAndNeverAnError() throws IOException {
        system.setProperty("zookeeper.nonsense", "1");
        system.setProperty("quorate.log.budgetMB", "1");

        assertThat(accepted(
                                "dataDir=/d",
                                "clientPort=1",
                                "maxClientCnxn=5",
                                "secureClientPort=2281",
                                "leaderServes=no",
                                "a=b")
                        .notices())
                .containsExactlyInAnyOrder(
                        "leaderServes is not built yet and has no effect",
                        "secureClientPort is not built yet and has no effect",
                        "unknown key a has no effect",
                        "unknown key maxClientCnxn has no effect; did you mean maxClientCnxns?",
                        "unknown key quorate.log.budgetMB has no effect; did you mean quorate.log.budgetMb?",
                        "unknown key zookeeper.nonsense has no effect");
    }

    @Test
    void theSuperUserIsNeverPrinted() throws IOException {
        ServerConfig config =
                accepted("dataDir=/d", "clientPort=1", "DigestAuthenticationProvider.superDigest=super:abc=");

        assertThat(config.tree().acl().superDigest()).contains("super:abc=");
        assertThat(config.toString() + config.describe()).doesNotContain("abc=").contains("(set)");
    }

    @Test
    void aSingleServerLineIsToleratedAndMayNameTheClientPort() throws IOException {
        ServerConfig config = accepted("dataDir=" + folder, "server.1=h:2888:3888;[::1]:2281");

        assertThat(config.listener().port()).isEqualTo(2281);
        assertThat(config.listener().host()).isEqualTo("::1");
        assertThat(config.notices())
                .containsExactly("the only server line is ignored: one member is a server on its own");
    }

    @Test
    void anEnsembleIsRefusedWithEverythingElseThatIsWrong() throws IOException {
        assertThat(refused("dataDir=" + folder, "clientPort=1", "server.1=a:1:2", "server.2=b:1:1"))
                .containsExactly("server.2=b:1:1: the quorum port and the election port must be different");
        assertThat(refused("dataDir=" + folder, "clientPort=1", "initLimit=5", "server.1=a:1:2", "server.2=b:1:2"))
                .containsExactly(
                        "syncLimit is not set: an ensemble needs it, for example syncLimit=5",
                        "the file " + folder + "/myid is missing: it must hold the number of this server");
    }

    @Test
    void aMissingFileIsAnError() {
        ZooCfg.Result result = ZooCfg.read(folder.resolve("none.cfg"), system);

        assertThat(result)
                .isEqualTo(new ZooCfg.Refused(
                        List.of("the file " + folder.resolve("none.cfg") + " does not exist; check its name")));
    }
}
