package io.quorate.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.RawSession;
import io.quorate.harness.ServerKind;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SyncRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The life of an ensemble of processes: elections, restarts, members without data, observers. */
final class EnsembleProcessesTest {

    private static final int SESSION_MILLIS = 30_000;

    private EnsembleProcesses ensemble;

    @AfterEach
    void end() {
        ensemble.close();
    }

    @Test
    void membersElectSurviveTheirLeaderAndComeBackWithNothing() throws IOException {
        ensemble = EnsembleProcesses.of("life", 3, EnsembleProcesses.KIND);
        ensemble.start();
        assertThat(ensemble.followers()).hasSize(2);
        ensemble.followers().get(0).create("/first");
        Member killed = ensemble.leader();
        killed.kill();
        Member next = EnsembleProcesses.await("another leader").until(ensemble::leader, other -> other != killed);
        next.create("/second");
        killed.start();
        assertThat(killed.mode()).isEqualTo("follower");
        killed.wipe();
        next.create("/third");
        killed.start();
        assertThatAllHave("/first", "/second", "/third");
        Convergence.await(ensemble);
    }

    @Test
    void aLeaderThatStoodStillFollowsItsSuccessor() throws IOException {
        ensemble = EnsembleProcesses.of("pause", 3, EnsembleProcesses.KIND);
        ensemble.start();
        Member paused = ensemble.leader();
        paused.suspend();
        Member next = ensemble.leader();
        next.create("/written-meanwhile");
        paused.resume();
        EnsembleProcesses.await("a follower").until(() -> paused.mode().equals("follower"));
        assertThatAllHave("/written-meanwhile");
    }

    @Test
    void anObserverServesWithoutAVote() throws IOException {
        List<ServerKind> kinds = Collections.nCopies(4, EnsembleProcesses.KIND);
        ensemble = EnsembleProcesses.of("observer", kinds, Set.of(4));
        ensemble.start();
        assertThat(ensemble.member(4).mode()).isEqualTo("observer");
        ensemble.member(4).create("/through-the-observer");
        assertThatAllHave("/through-the-observer");
        Convergence.await(ensemble);
    }

    private void assertThatAllHave(String... paths) throws IOException {
        for (Member member : ensemble.members()) {
            try (RawSession session = RawSession.open(member.address(), SESSION_MILLIS)) {
                session.call(OpCode.SYNC, new SyncRequest("/"));
                for (String path : paths) {
                    assertThat(session.call(OpCode.EXISTS, new ExistsRequest(path, false))
                                    .err())
                            .as("%s on %s", path, member)
                            .isZero();
                }
                session.end();
            }
        }
    }
}
