package io.quorate.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations that ZooKeeper refuses at start, and those of ensembles (configuration, sections 3, 4 and 7). */
final class MemberChecksTest {

    @TempDir
    Path folder;

    @BeforeEach
    void thisIsServerOne() throws IOException {
        Files.writeString(folder.resolve("myid"), "1\n");
    }

    /** Everything wrong with these lines, given in one text with blanks between them. */
    private List<String> reasons(String lines) throws IOException {
        List<String> all = new ArrayList<>(List.of("dataDir=" + folder));
        all.addAll(List.of(lines.replace("@", folder.toString()).split(" ", -1)));
        ZooCfg.Result result = ZooCfg.read(Files.write(folder.resolve("zoo.cfg"), all), new Properties());
        return result instanceof ZooCfg.Refused refused ? refused.reasons() : List.of();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "clientPort=1 tickTime=0 ! tickTime=0",
                "clientPort=one ! clientPort=one",
                "clientPort=1 standaloneEnabled=maybe ! standaloneEnabled=maybe",
                "clientPort=1 minSessionTimeout=9000 maxSessionTimeout=8000 ! minSessionTimeout (9000 ms) must not be larger",
                "clientPort=1 minSessionTimeout=90000 ! minSessionTimeout (90000 ms) must not be larger",
                "clientPort=1 secureClientPortAddress=localhost ! secureClientPortAddress is set but secureClientPort is not",
                "clientPort=1 electionAlg=2 ! electionAlg=2",
                "clientPort=1 peerType=leader ! peerType=leader",
                "clientPort=1 quorum.auth.learnerRequireSasl=true ! quorum.auth.learnerRequireSasl=true needs",
                "clientPort=1 quorum.auth.serverRequireSasl=true quorum.auth.enableSasl=true ! needs quorum.auth.learnerRequireSasl",
                "clientPort=1 metricsProvider.className=com.example.Metrics ! there is no such provider",
                "clientPort=1 secureClientPort=2 ssl.authProvider=x ! there is no authProvider.x line",
                "clientPort=0 ! clientPort is not set",
                "clientPort=1 server.1=a:1 ! is not host:quorumPort:electionPort",
                "clientPort=1 server.1=a:1:2:3:4 ! is not host:quorumPort:electionPort",
                "clientPort=1 server.1=a:1:2:king ! 'king' is not a role",
                "clientPort=1 server.1=a:1:1 ! must be different",
                "clientPort=1 server.1=a:1:70000 ! is not a port",
                "clientPort=1 server.x=a:1:2 ! 'x' is not a number",
                "clientPort=1 server.1=a:1:2;3;4 ! more than one ';'",
                "clientPort=1 server.1=a:1:2;b:3:4 ! is not [clientHost:]clientPort",
                "clientPort=1 server.1=[::1:1:2 ! has a '[' without a ']'",
                "clientPort=1 server.1=a:1:2|b:1:2 ! several addresses need multiAddress.enabled=true",
                "clientPort=1 multiAddress.enabled=true server.1=a:1:2:observer|b:1:2:participant ! different roles",
                "clientPort=1 server.1=a:1:2;3 ! contradicts clientPort",
                "clientPort=3 clientPortAddress=b server.1=a:1:2;a:3 ! contradicts clientPort",
                "clientPort=1 server.1=a:1:2:observer ! Observers without participants",
                "clientPort=1 server.1=a:1:2 server.2=a:3:4:observer ! Observers without a quorum",
                "clientPort=1 standaloneEnabled=false ! needs at least one server line",
                "clientPort=1 dynamicConfigFile=@/none ! does not exist",
            })
    void isRefused(String lines, String reason) throws IOException {
        assertThat(reasons(lines.strip())).hasSize(1).first().asString().contains(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "clientPort=1 ! ''",
                "clientPort=1 server.1=a:1:2 ! ''",
                "server.1=a:1:2;5 ! ''",
                "clientPort=5 server.1=a:1:2;b:5 ! ''",
                "initLimit=1 syncLimit=1 server.1=a:1:2;5 server.2=b:1:2 ! ''",
                "initLimit=1 syncLimit=1 multiAddress.enabled=true server.1=a:1:2|[::2]:1:2:participant;5 server.2=b:1:2 ! ''",
                "initLimit=1 clientPort=1 server.1=a:1:2 server.2=b:1:2 ! syncLimit is not set",
                "syncLimit=1 initLimit=0 clientPort=1 server.1=a:1:2 server.2=b:1:2 ! initLimit is not set",
                "initLimit=1 syncLimit=1 clientPort=1 server.3=a:1:2 server.2=b:1:2 ! my id 1 is not in the list of servers",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 server.2=b:1:2 group.1=1:2 weight.1=2 ! ''",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 server.2=b:1:2 group.1=1 ! server.2 is not in a group",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 server.2=b:1:2 group.1=1:2 group.2=2 ! in multiple groups",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 server.2=b:1:2 group.1=1:2 weight.1=x ! 'x' is not a number",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 server.2=b:1:2 group.1=1:2 weight.1=-1 ! not negative",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 server.257=b:1:2 ! differ by a multiple of 256",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 server.-2=b:1:2 ! is not negative",
                "initLimit=1 syncLimit=1 clientPort=1 extendedTypesEnabled=true server.1=a:1:2 server.255=b:1:2 ! at most 254",
                "initLimit=1 syncLimit=1 clientPort=1 sslQuorum=true server.1=a:1:2 server.2=b:1:2 ! TLS between members",
                "initLimit=1 syncLimit=1 clientPort=1 quorum.auth.enableSasl=true server.1=a:1:2 server.2=b:1:2 ! SASL between",
                "initLimit=1 syncLimit=1 clientPort=1 server.1=a:1:2 standaloneEnabled=false ! ''",
            })
    void anEnsembleIsCheckedInFull(String lines, String reason) throws IOException {
        if (reason.isEmpty()) {
            assertThat(reasons(lines.strip())).isEmpty();
        } else {
            assertThat(reasons(lines.strip())).hasSize(1).first().asString().contains(reason);
        }
    }

    private Ensemble ensemble(String lines) throws IOException {
        List<String> all = new ArrayList<>(List.of("dataDir=" + folder, "tickTime=1000"));
        all.addAll(List.of(lines.replace("@", folder.toString()).split(" ", -1)));
        ZooCfg.Result result = ZooCfg.read(Files.write(folder.resolve("zoo.cfg"), all), new Properties());
        return ((ZooCfg.Accepted) result).config().ensemble().orElseThrow();
    }

    @Test
    void anEnsembleIsReadWithItsDefaults() throws IOException {
        Ensemble ensemble = ensemble(
                "clientPort=5 initLimit=10 syncLimit=3 server.3=c:1:2:observer server.1=a:1:2 server.2=[::2]:3:4");

        assertThat(ensemble.sid()).isEqualTo(1);
        assertThat(ensemble.members()).extracting(Ensemble.Member::sid).containsExactly(1L, 2L, 3L);
        assertThat(ensemble.members().get(1).addresses()).containsExactly(new Ensemble.Address("::2", 3, 4));
        assertThat(ensemble.members()).extracting(Ensemble.Member::observer).containsExactly(false, false, true);
        assertThat(ensemble.text())
                .isEqualTo(
                        "server.1=a:1:2:participant\nserver.2=[0:0:0:0:0:0:0:2]:3:4:participant\nserver.3=c:1:2:observer\nversion=0");
        assertThat(ensemble.connections())
                .isEqualTo(new Ensemble.Connections(false, false, 3, 5000, 3000, false, 10, 100));
        assertThat(ensemble.voting()).isEqualTo(new Ensemble.Voting(200, 60_000, -1));
        assertThat(ensemble.catchingUp()).isEqualTo(new Ensemble.CatchingUp(500, false));
        assertThat(ensemble.groups()).isEmpty();
    }

    @Test
    void everyKeyOfAnEnsembleArrives() throws IOException {
        Ensemble ensemble = ensemble("clientPort=5 initLimit=10 syncLimit=3 server.1=a:1:2|b:1:2 server.2=b:1:2"
                + " multiAddress.enabled=true quorumListenOnAllIPs=true electionPortBindRetry=0 cnxTimeout=7"
                + " quorumCnxnTimeoutMs=8 tcpKeepAlive=true connectToLearnerMasterLimit=4"
                + " leaderConnectDelayDuringRetryMs=9 fastleader.minNotificationInterval=11"
                + " fastleader.maxNotificationInterval=12 leader.maxTimeToWaitForEpoch=13 commitLogCount=900"
                + " forceSnapshotSync=true group.1=1:2 weight.2=5 readonlymode.enabled=true");

        assertThat(ensemble.connections()).isEqualTo(new Ensemble.Connections(true, true, 0, 7, 8, true, 4, 9));
        assertThat(ensemble.voting()).isEqualTo(new Ensemble.Voting(11, 12, 13));
        assertThat(ensemble.catchingUp()).isEqualTo(new Ensemble.CatchingUp(900, true));
        assertThat(ensemble.groups()).isEqualTo(Map.of(1L, 1L, 2L, 1L));
        assertThat(ensemble.weights()).isEqualTo(Map.of(2L, 5L));
        assertThat(ensemble.own().addresses()).hasSize(2);
        assertThat(ensemble.readOnly()).isTrue();
    }

    @Test
    void theMembershipOfAFileOfItsOwnHasTheVersionInTheNameOfTheFile() throws IOException {
        List<String> lines = List.of("server.1=a:1:2;5", "server.2=b:1:2;5");
        Files.write(folder.resolve("zoo.cfg.dynamic.10000000a"), lines);
        Files.write(folder.resolve("zoo.cfg.dynamic"), lines);

        assertThat(ensemble("initLimit=1 syncLimit=1 dynamicConfigFile=@/zoo.cfg.dynamic.10000000a")
                        .text())
                .isEqualTo(
                        "server.1=a:1:2:participant;0.0.0.0:5\nserver.2=b:1:2:participant;0.0.0.0:5\nversion=10000000a");
        assertThat(ensemble("initLimit=1 syncLimit=1 dynamicConfigFile=@/zoo.cfg.dynamic")
                        .text())
                .endsWith("version=0");
    }

    @Test
    void theLineOfThisServerSaysItsRole() throws IOException {
        assertThat(ensemble("clientPort=5 initLimit=1 syncLimit=1 peerType=observer server.1=a:1:2 server.2=b:1:2")
                        .own()
                        .observer())
                .isFalse();
    }

    @Test
    void withoutANumberOfItsOwnAServerDoesNotStart() throws IOException {
        Files.delete(folder.resolve("myid"));
        assertThat(reasons("clientPort=5 initLimit=1 syncLimit=1 server.1=a:1:2 server.2=b:1:2"))
                .containsExactly(
                        "the file " + folder.resolve("myid") + " is missing: it must hold the number of this server");
    }

    @Test
    void aFileWithTheMembershipHoldsNothingElse() throws IOException {
        Files.write(folder.resolve("dynamic"), List.of("server.1=a:1:2;5", "version=1", "tickTime=1"));

        assertThat(reasons("dynamicConfigFile=@/dynamic server.2=b:1:2"))
                .containsExactly(
                        "server.2 must not be in the configuration file when dynamicConfigFile is set; move it to "
                                + folder.resolve("dynamic"),
                        "tickTime in " + folder.resolve("dynamic")
                                + ": only server, group and weight lines may be there; remove it",
                        "version in " + folder.resolve("dynamic")
                                + ": only server, group and weight lines may be there; remove it");
    }

    @Test
    void aNumberOfThisServerThatIsNoneIsRefused() throws IOException {
        Files.writeString(folder.resolve("myid"), "one");

        assertThat(reasons("clientPort=1"))
                .containsExactly("the file " + folder.resolve("myid")
                        + " does not hold a number; write the number of this server into it");
    }
}
