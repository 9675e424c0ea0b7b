package io.quorate.coordinator.cli.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.coordinator.cli.link.ServerAddress;
import org.junit.jupiter.api.Test;

/** What configurations and answers of servers say. */
final class MemberLineTest {

    @Test
    void linesOfTheConfigurationNameMembers() {
        assertThat(
                        MemberLine.parse(
                                """
                                server.1=zk1:2888:3888:participant;0.0.0.0:2181
                                server.2=10.0.0.2:2888:3888:observer;10.0.0.9:2182
                                server.3=[::1]:2888:3888;[::]:2183
                                server.4=zk4:2888:3888
                                server.5=zk5:2888:3888:participant;2185
                                version=100000000
                                """))
                .containsExactly(
                        new MemberLine(1, "zk1", false, new ServerAddress("zk1", 2181)),
                        new MemberLine(2, "10.0.0.2", true, new ServerAddress("10.0.0.9", 2182)),
                        new MemberLine(3, "::1", false, new ServerAddress("::1", 2183)),
                        new MemberLine(4, "zk4", false, null),
                        new MemberLine(5, "zk5", false, new ServerAddress("zk5", 2185)));
    }

    @Test
    void anAnswerToSrvrIsRead() {
        Summary summary = Summary.parse(
                """
                Zookeeper version: 3.9.5-abc, built on 2026-01-01 00:00 UTC
                Latency min/avg/max: 0/1.5/10
                Received: 20
                Sent: 19
                Connections: 2
                Outstanding: 1
                Zxid: 0x500000001
                Mode: follower
                Node count: 12
                """);

        assertThat(summary).isEqualTo(new Summary("3.9.5-abc", "follower", 0x500000001L, 2, 1, 1.5, 12));
        assertThat(Summary.parse("This ZooKeeper instance is not currently serving requests\n"))
                .isNull();
    }
}
