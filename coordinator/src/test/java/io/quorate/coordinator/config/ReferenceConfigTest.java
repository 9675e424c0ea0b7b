package io.quorate.coordinator.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig;
import org.apache.zookeeper.server.quorum.QuorumPeerConfig.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same files, given to the parser of ZooKeeper: what it refuses is refused here, what it accepts is accepted. */
final class ReferenceConfigTest {

    @TempDir
    Path folder;

    private Properties before;

    @BeforeEach
    void rememberProperties() throws IOException {
        QuorumPeerConfig.setStandaloneEnabled(true);
        before = (Properties) System.getProperties().clone();
        Files.writeString(folder.resolve("myid"), "1\n");
    }

    /** ZooKeeper's parser turns keys into system properties. */
    @AfterEach
    void restoreProperties() {
        System.setProperties(before);
    }

    private Path file(String lines) throws IOException {
        return Files.writeString(
                folder.resolve("zoo.cfg"),
                ("dataDir=@ / " + lines).replace("@", folder.toString()).replace(" / ", "\n") + "\n");
    }

    private static boolean zooKeeperRefuses(Path file) {
        try {
            new QuorumPeerConfig().parse(file.toString());
            return false;
        } catch (ConfigException | RuntimeException e) {
            return true;
        }
    }

    private static List<String> reasons(Path file) {
        return ZooCfg.read(file, new Properties()) instanceof ZooCfg.Refused refused ? refused.reasons() : List.of();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clientPort=1 / tickTime=0",
                "clientPort=one",
                "clientPort=1 / maxClientCnxns=",
                "clientPort=1 / standaloneEnabled=maybe",
                "clientPort=1 / minSessionTimeout=9000 / maxSessionTimeout=8000",
                "clientPortAddress=localhost",
                "clientPort=1 / secureClientPortAddress=localhost",
                "clientPort=1 / electionAlg=2",
                "clientPort=1 / peerType=leader",
                "clientPort=1 / quorum.auth.learnerRequireSasl=true",
                "clientPort=1 / quorum.auth.serverRequireSasl=true / quorum.auth.enableSasl=true",
                "clientPort=1 / metricsProvider.className=com.example.Metrics",
                "clientPort=1 / server.1=a:1",
                "clientPort=1 / server.1=a:1:2:3:4",
                "clientPort=1 / server.1=a:1:2:king",
                "clientPort=1 / server.1=a:1:1",
                "clientPort=1 / server.x=a:1:2",
                "clientPort=1 / server.1=a:1:2;3;4",
                "clientPort=1 / server.1=a:1:2;b:3:4",
                "clientPort=1 / server.1=a:1:2|b:1:2",
                "clientPort=1 / server.1=a:1:2;3",
                "clientPort=1 / server.1=a:1:2:observer",
                "clientPort=1 / server.1=a:1:2 / server.2=a:3:4:observer",
                "clientPort=1 / standaloneEnabled=false",
                "clientPort=1 / dynamicConfigFile=@/none",
                "clientPort=1 / snapCount=5\nlocalSessionsEnabled=1",
                "initLimit=1 / clientPort=1 / server.1=a:1:2 / server.2=b:1:2",
                "initLimit=1 / syncLimit=1 / clientPort=1 / server.3=a:1:2 / server.2=b:1:2 / group.1=2",
            })
    void whatZooKeeperRefusesIsRefused(String lines) throws IOException {
        Path file = file(lines);

        assertThat(zooKeeperRefuses(file)).as("ZooKeeper refuses").isTrue();
        assertThat(reasons(file)).as("reasons here").isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clientPort=1",
                "clientPort:1",
                "clientPort 1",
                "  clientPort  =  1  ",
                "clientPort=1\n#comment\n!comment\ntick\\\nTime=2000",
                "clientPort=7 / clientPort=1",
                "clientPort=1 / standaloneEnabled=TRUE",
                "clientPort=1 / minSessionTimeout=-1 / maxSessionTimeout=-1",
                "clientPort=1 / server.1=a:1:2",
                "server.1=a:1:2;5",
                "clientPort=5 / server.1=a:1:2:PARTICIPANT;5",
                "clientPort=1 / clientPortAddress=127.0.0.1",
                "clientPort=1 / clientPortAddress=0.0.0.0",
                "clientPort=1 / peerType=Observer",
                "clientPort=1 / no.such.key=5",
                "clientPort=1 / autopurge.snapRetainCount=1",
                "clientPort=1 / secureClientPort=2 / clientPortListenBacklog=-1",
                "clientPort=1 / initLimit=10 / syncLimit=5 / quorum.cnxn.threads.size=3",
                "clientPort=1 / initLimit=10 / syncLimit=5 / server.1=a:1:2 / server.2=b:1:2",
                "clientPort=1 / initLimit=1 / syncLimit=1 / standaloneEnabled=false / server.1=a:1:2",
            })
    void whatZooKeeperAcceptsIsAccepted(String lines) throws IOException {
        Path file = file(lines);

        assertThat(zooKeeperRefuses(file)).as("ZooKeeper refuses").isFalse();
        assertThat(reasons(file)).isEmpty();
    }

    /** Members compare what they are told with what they have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "clientPort=5 / server.1=127.0.0.1:1:2 / server.2=127.0.0.2:3:4 / server.3=127.0.0.3:1:2:observer",
                "server.1=127.0.0.1:1:2;5 / server.2=127.0.0.2:3:4:PARTICIPANT;127.0.0.1:7 / server.10=h:1:2",
                "clientPort=5 / server.1=[::1]:1:2 / server.2=[2001:db8::1]:3:4:observer;[::2]:7 / server.3=a-b.c:1:2",
                "clientPort=5 / server.1=a:1:2 / server.2=b:3:4 / server.3=c:3:4 / server.4=d:3:4 / server.5=e:3:4:observer"
                        + " / group.1=1:2 / group.7=3:4 / weight.1=3 / weight.4=0",
                "clientPort=5 / server.1=a:1:2 / server.2=b:3:4 / group.1=2:1",
            })
    void theMembershipIsWrittenAsZooKeeperWritesIt(String lines) throws IOException, ConfigException {
        Path file = file("initLimit=1 / syncLimit=1 / " + lines);
        QuorumPeerConfig theirs = new QuorumPeerConfig();
        theirs.parse(file.toString());
        ServerConfig ours = ((ZooCfg.Accepted) ZooCfg.read(file, new Properties())).config();

        assertThat(ours.ensemble().orElseThrow().text())
                .isEqualTo(theirs.getQuorumVerifier().toString());
    }

    @Test
    void valuesAndDefaultsAreThoseOfZooKeeper() throws IOException, ConfigException {
        Path file = file("server.1=a:1:2;127.0.0.1:2281 / minSessionTimeout=100");
        QuorumPeerConfig theirs = new QuorumPeerConfig();
        theirs.parse(file.toString());
        ServerConfig ours = ((ZooCfg.Accepted) ZooCfg.read(file, new Properties())).config();

        assertThat(ours.tickTimeMillis()).isEqualTo(theirs.getTickTime());
        assertThat(ours.listener().port())
                .isEqualTo(theirs.getClientPortAddress().getPort());
        assertThat(ours.listener().host())
                .isEqualTo(theirs.getClientPortAddress().getAddress().getHostAddress());
        assertThat(ours.listener().backlog()).isEqualTo(theirs.getClientPortListenBacklog());
        assertThat(ours.limits().connectionsPerAddressMax()).isEqualTo(theirs.getMaxClientCnxns());
        assertThat(ours.sessions().timeoutMillisMin()).isEqualTo(theirs.getMinSessionTimeout());
        assertThat(ours.sessions().timeoutMillisMax()).isEqualTo(theirs.getMaxSessionTimeout());
        assertThat(ours.folders().dataLogDir()).isEqualTo(theirs.getDataLogDir().toPath());
        assertThat(ours.snapshots().retainCount()).isEqualTo(theirs.getSnapRetainCount());
    }
}
