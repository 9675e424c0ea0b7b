package io.quorate.history;

import static io.quorate.history.Told.node;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The judge on small histories that are known to be right, and on such as are known to be wrong in one way. */
final class JudgeTest {

    private static final Node A1 = node("a", 1, 1, 0);
    private static final Node B2 = node("b", 1, 2, 1);
    private static final Node C3 = node("c", 1, 3, 2);
    private static final Node E1 = node("e", 1, 1, 0);

    private static Told created() {
        return new Told().create(1, "a", 0, 1, 1);
    }

    private static Arguments history(String name, Told told) {
        return Arguments.of(name, told);
    }

    private static Arguments history(String name, Told told, String complaint) {
        return Arguments.of(name, told, complaint);
    }

    static Stream<Arguments> right() {
        return Stream.of(
                history(
                        "one after another",
                        created()
                                .set(1, 0, B2, 2, 3)
                                .delete(2, 1, 4, 5, 3)
                                .read(1, null, 6, 7, 3)
                                .create(2, "d", 8, 9, 4)
                                .fresh(3, node("d", 4, 4, 0), 10, 11, 4)),
                history(
                        "concurrent, in the order of zxids and not of clocks",
                        created().set(1, -1, C3, 2, 9).set(2, -1, B2, 3, 10)),
                history(
                        "an old read of another session",
                        created().set(1, -1, B2, 2, 3).read(2, A1, 10, 11, 1).read(2, B2, 12, 13, 2)),
                history(
                        "unknown and took place",
                        created()
                                .unknown(1, Kind.SET, "b", 0, 2)
                                .read(2, A1, 5, 6, 1)
                                .fresh(2, B2, 7, 8, 2)),
                history(
                        "unknown and did not take place",
                        created().unknown(1, Kind.SET, "b", 0, 2).fresh(2, A1, 90, 91, 5)),
                history(
                        "unknown and overwritten before anybody looked",
                        created()
                                .unknown(1, Kind.SET, "b", -1, 2)
                                .set(2, -1, node("c", 1, 3, 2), 4, 5)
                                .fresh(2, C3, 6, 7, 3)),
                history(
                        "two unknown in the one order that fits",
                        created()
                                .unknown(1, Kind.SET, "y", 1, 2)
                                .unknown(3, Kind.SET, "x", 0, 2)
                                .set(2, 2, node("c", 1, 4, 3), 4, 5)),
                history(
                        "unknown delete and create explain a new node",
                        created()
                                .unknown(1, Kind.DELETE, null, -1, 2)
                                .unknown(3, Kind.CREATE, "b", -1, 2)
                                .fresh(2, node("b", 6, 6, 0), 4, 5, 6)),
                history(
                        "unknown create lets the next fail and the set after it pass",
                        new Told()
                                .unknown(1, Kind.CREATE, "a", -1, 0)
                                .refused(2, Kind.CREATE, "b", -1, 4, 5, Outcome.NODE_EXISTS, 3)
                                .set(2, 0, node("c", 2, 4, 1), 6, 7)),
                history(
                        "refused for good reasons",
                        created()
                                .refused(2, Kind.CREATE, "x", -1, 2, 3, Outcome.NODE_EXISTS, 2)
                                .refused(2, Kind.SET, "y", 5, 4, 5, Outcome.BAD_VERSION, 3)
                                .delete(2, 0, 6, 7, 4)
                                .refused(1, Kind.DELETE, null, -1, 8, 9, Outcome.NO_NODE, 5)),
                history(
                        "void requests leave nothing",
                        created()
                                .refused(1, Kind.SET, "x", -1, 2, 3, Outcome.VOID, 2)
                                .fresh(2, A1, 4, 5, 2)),
                history(
                        "fresh reads of one state",
                        created().fresh(3, A1, 50, 60, 4).fresh(2, A1, 4, 5, 4)),
                history(
                        "an ephemeral that ends with its session",
                        new Told()
                                .ephemeral(1, 0, 1, 1)
                                .look(2, E1, 2, 3, 1)
                                .close(1, 4, 5, 3)
                                .look(2, null, 6, 7, 3)),
                history(
                        "an ephemeral of a session that nobody kept",
                        new Told()
                                .ephemeral(1, 0, 1, 1)
                                .look(2, E1, 9_000, 9_001, 1)
                                .look(2, null, 12_000, 12_001, 4)
                                .expired(1, 12_010, 12_011)),
                history(
                        "an ephemeral that may have been created",
                        new Told().ephemeral(1, 0, -1, 0).look(2, null, 2, 3, 1).look(2, node("e", 2, 2, 0), 4, 5, 2)));
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                history(
                        "an acknowledged write is lost",
                        created().set(1, -1, B2, 2, 3).fresh(2, A1, 4, 5, 3),
                        "no explanation"),
                history("an acknowledged create is lost", created().fresh(2, null, 4, 5, 1), "no explanation"),
                history(
                        "a deleted node is back",
                        created().delete(1, -1, 2, 3, 2).fresh(2, A1, 4, 5, 2),
                        "no explanation"),
                history(
                        "a fresh read is stale",
                        created().set(1, -1, B2, 2, 3).fresh(2, A1, 4, 5, 1),
                        "order against time"),
                history(
                        "a fresh read is older than another session's read",
                        created()
                                .unknown(1, Kind.SET, "b", -1, 2)
                                .read(2, B2, 4, 5, 2)
                                .fresh(3, A1, 6, 7, 1),
                        "order against time"),
                history(
                        "writes are ordered against time",
                        created().set(1, -1, C3, 2, 3).set(2, -1, B2, 4, 5),
                        "order against time"),
                history(
                        "a read sees what was asked for later",
                        created().read(2, B2, 2, 3, 2).set(1, -1, B2, 4, 5),
                        "order against time"),
                history(
                        "one zxid for two writes",
                        created().add(2, Kind.CREATE, "/other", "o", -1, 0, 1, Outcome.OK, 1, node("o", 1, 1, 0)),
                        "zxid used twice"),
                history("a value from nowhere", created().fresh(2, node("x", 1, 2, 1), 4, 5, 2), "nobody wrote"),
                history(
                        "what was refused is there",
                        created()
                                .refused(1, Kind.SET, "b", 7, 2, 3, Outcome.BAD_VERSION, 2)
                                .fresh(2, B2, 4, 5, 2),
                        "was refused and is there"),
                history(
                        "what was void is there",
                        created()
                                .refused(1, Kind.SET, "b", 0, 2, 3, Outcome.VOID, 2)
                                .fresh(2, B2, 4, 5, 2),
                        "was refused and is there"),
                history(
                        "a session's reads go back",
                        created().set(1, -1, B2, 2, 3).read(2, B2, 4, 5, 2).read(2, A1, 6, 7, 1),
                        "zxid goes back"),
                history(
                        "a session does not see its own write",
                        created().set(1, -1, B2, 2, 3).read(1, A1, 4, 5, 1),
                        "zxid goes back"),
                history(
                        "a read shows less than the zxid it claims",
                        created().set(1, -1, B2, 2, 3).read(2, A1, 4, 5, 2),
                        "no explanation"),
                history(
                        "a set passes on the wrong version",
                        created().set(1, 0, B2, 2, 3).set(2, 0, C3, 4, 5),
                        "no explanation"),
                history(
                        "a set is refused on the right version",
                        created().refused(2, Kind.SET, "b", 0, 2, 3, Outcome.BAD_VERSION, 2),
                        "no explanation"),
                history("two creates of one node", created().create(2, "b", 2, 3, 2), "no explanation"),
                history(
                        "a create is refused without a node",
                        new Told().refused(2, Kind.CREATE, "b", -1, 2, 3, Outcome.NODE_EXISTS, 2),
                        "no explanation"),
                history(
                        "a delete finds nothing where something is",
                        created().refused(2, Kind.DELETE, null, -1, 2, 3, Outcome.NO_NODE, 2),
                        "no explanation"),
                history(
                        "versions jump without a write",
                        created().set(2, -1, node("c", 1, 3, 2), 4, 5),
                        "no explanation"),
                history(
                        "two servers tell two states of one zxid",
                        created()
                                .unknown(1, Kind.SET, "b", -1, 2)
                                .unknown(3, Kind.SET, "c", -1, 2)
                                .read(4, B2, 4, 5, 2)
                                .read(5, node("c", 1, 2, 1), 4, 5, 2),
                        "two states of one zxid"),
                history(
                        "an unknown write takes place twice",
                        created()
                                .unknown(1, Kind.SET, "b", -1, 2)
                                .fresh(2, B2, 4, 5, 2)
                                .set(2, -1, C3, 6, 7)
                                .fresh(2, node("b", 1, 4, 3), 8, 9, 4),
                        "took place twice"),
                history(
                        "an unseen write would have to take place before it is asked for",
                        created().set(2, -1, C3, 4, 5).unknown(1, Kind.SET, "b", -1, 6),
                        "no explanation"),
                history(
                        "one unseen write would have to take place twice",
                        created().unknown(1, Kind.SET, "b", -1, 2).set(2, -1, node("c", 1, 5, 3), 4, 5),
                        "no explanation"),
                history(
                        "acknowledged at one zxid, there at another",
                        created().set(1, -1, B2, 2, 3).fresh(2, node("b", 1, 3, 1), 4, 5, 3),
                        "not at its zxid"),
                history(
                        "an ephemeral goes while its session lives",
                        new Told().ephemeral(1, 0, 1, 1).look(2, null, 2, 3, 4).look(1, null, 4, 5, 5),
                        "gone while its session lives"),
                history(
                        "an ephemeral outlives the end of its session",
                        new Told().ephemeral(1, 0, 1, 1).close(1, 2, 3, 2).look(2, E1, 4, 5, 2),
                        "outlives its session"),
                history(
                        "an ephemeral outlives the expiry of its session",
                        new Told()
                                .ephemeral(1, 0, 1, 1)
                                .expired(1, 20_000, 20_001)
                                .look(2, E1, 20_002, 20_003, 9),
                        "outlives its session"),
                history(
                        "an ephemeral comes back",
                        new Told().ephemeral(1, 0, 1, 1).look(2, null, 2, 3, 4).look(2, E1, 4, 5, 5),
                        "came back"),
                history(
                        "a session ends before its time",
                        new Told().ephemeral(1, 0, 1, 1).expired(1, 9_000, 9_001),
                        "expired early"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("right")
    void rightHistoriesPass(String name, Told told) {
        assertThat(told.judged()).as(name).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void wrongHistoriesDoNot(String name, Told told, String complaint) {
        assertThat(told.judged()).as(name).anySatisfy(text -> assertThat(text).contains(complaint));
    }

    @Test
    void aSessionContinuesFromWhatItWasToldBefore() {
        SessionHistory session = new SessionHistory(1, 1, 100);
        session.add(new Operation(1, Kind.READ, "/k", null, -1, 1, 2, Outcome.OK, 99, null));
        assertThat(Judge.judge(List.of(session), 0))
                .hasSize(1)
                .first()
                .asString()
                .contains("zxid goes back");
    }
}
