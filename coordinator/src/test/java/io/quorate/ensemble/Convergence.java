package io.quorate.ensemble;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.harness.RawSession;
import io.quorate.harness.ServerKind;
import io.quorate.wire.proto.AuthPacket;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Members that are left alone come to the same zxid, the same tree and the same digests. ZooKeeper's digests are looked at only
 * where a test says so: its leaders predict wrong ones for some pipelined writes, and its members at times remember wrong ones
 * from a restart on.
 */
final class Convergence {

    private static final int SESSION_MILLIS = 60_000;

    private Convergence() {}

    /** Waits until all members hold the same, fails if they never do, and returns it. */
    static TreeDump await(EnsembleProcesses ensemble) {
        return EnsembleProcesses.await("an ensemble at rest")
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> compare(ensemble), dump -> true);
    }

    private static TreeDump compare(EnsembleProcesses ensemble) throws IOException {
        List<RawSession> sessions = new ArrayList<>();
        try {
            for (Member member : ensemble.members()) {
                RawSession session = RawSession.open(member.address(), SESSION_MILLIS);
                sessions.add(session);
                session.call(OpCode.AUTH, new AuthPacket(0, "digest", EnsembleProcesses.SUPER.getBytes(UTF_8)));
            }
            List<TreeDump> dumps = EnsembleProcesses.await("one state on all members")
                    .until(() -> dump(sessions), Convergence::isOfOneState);
            for (TreeDump dump : dumps) {
                assertThat(dump.differencesFrom(dumps.get(0)))
                        .as("trees at zxid 0x%x", dump.zxid())
                        .isEmpty();
            }
            List<Member> ours = ensemble.members().stream()
                    .filter(member -> member.kind() == ServerKind.QUORATE)
                    .toList();
            compareDigests(ours);
            if (ours.size() == dumps.size()) {
                assertThat(ours).as("no digest differs").allMatch(member -> member.digestMismatches() == 0);
            }
            for (RawSession session : sessions) {
                session.end();
            }
            return dumps.get(0);
        } finally {
            for (RawSession session : sessions) {
                session.close();
            }
        }
    }

    private static List<TreeDump> dump(List<RawSession> sessions) throws IOException {
        List<TreeDump> dumps = new ArrayList<>();
        for (RawSession session : sessions) {
            dumps.add(TreeDump.read(session));
        }
        return dumps;
    }

    private static boolean isOfOneState(List<TreeDump> dumps) {
        return dumps.stream()
                .allMatch(dump -> dump.whole() && dump.zxid() == dumps.get(0).zxid());
    }

    /** The tree digests that members remember, of every 128th transaction, are the same where two remember one. */
    static void compareDigests(List<Member> members) {
        Map<String, Set<String>> digests = new TreeMap<>();
        for (Member member : members) {
            for (String line : member.process().fourLetterWord("hash").split("\n", -1)) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    digests.computeIfAbsent(line.substring(0, colon), zxid -> new HashSet<>())
                            .add(line.substring(colon));
                }
            }
        }
        assertThat(digests)
                .allSatisfy((zxid, found) ->
                        assertThat(found).as("digests at zxid 0x%s", zxid).hasSize(1));
    }
}
