package io.quorate.coordinator.watch;

import static io.quorate.coordinator.watch.WatchTable.ANY;
import static io.quorate.coordinator.watch.WatchTable.CHILD;
import static io.quorate.coordinator.watch.WatchTable.DATA;
import static io.quorate.coordinator.watch.WatchTable.PERSISTENT;
import static io.quorate.coordinator.watch.WatchTable.RECURSIVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables of semantics 6. */
final class WatchTableTest {

    private final WatchTable<String> table = new WatchTable<>();

    private List<String> data(String path) {
        List<String> told = new ArrayList<>();
        table.fireData(path, told::add);
        return told;
    }

    private List<String> child(String path) {
        List<String> told = new ArrayList<>();
        table.fireChild(path, told::add);
        return told;
    }

    private List<String> deleted(String path) {
        List<String> told = new ArrayList<>();
        table.fireDeleted(path, told::add);
        return told;
    }

    /** Which modes hear of what at their own path, and what is left of them. */
    @ParameterizedTest
    @CsvSource({
        "1, data, true, 0",
        "1, child, false, 1",
        "1, deleted, true, 0",
        "2, data, false, 2",
        "2, child, true, 0",
        "2, deleted, true, 0",
        "4, data, true, 4",
        "4, child, true, 4",
        "4, deleted, true, 4",
        "8, data, true, 8",
        "8, child, false, 8",
        "8, deleted, true, 8",
        "3, deleted, true, 0",
        "5, data, true, 4",
        "15, data, true, 14",
        "15, child, true, 13",
        "15, deleted, true, 12"
    })
    void modesHearWhatTheirTableSays(int modes, String event, boolean heard, int left) {
        table.add("/a", "w", modes);

        List<String> told =
                switch (event) {
                    case "data" -> data("/a");
                    case "child" -> child("/a");
                    default -> deleted("/a");
                };

        assertThat(told).isEqualTo(heard ? List.of("w") : List.of());
        assertThat(table.modes("/a", "w")).isEqualTo(left);
    }

    @Test
    void onlyRecursiveWatchersHearOfDescendants() {
        table.add("/", "root", RECURSIVE);
        table.add("/a", "recursive", RECURSIVE);
        table.add("/a", "persistent", PERSISTENT);
        table.add("/a/b", "data", DATA);
        table.add("/ab", "other", RECURSIVE);

        assertThat(data("/a/b")).containsExactlyInAnyOrder("data", "recursive", "root");
        assertThat(deleted("/a/b/c")).containsExactlyInAnyOrder("recursive", "root");
        assertThat(child("/a/b")).isEmpty();
        assertThat(data("/")).containsExactly("root");
    }

    @Test
    void nobodyIsToldTwiceOfOneEvent() {
        table.add("/a/b", "w", ANY);
        table.add("/a", "w", RECURSIVE);
        table.add("/", "w", RECURSIVE);

        assertThat(data("/a/b")).containsExactly("w");
        assertThat(deleted("/a/b")).containsExactly("w");
    }

    @Test
    void equalRegistrationsMerge() {
        table.add("/a", "w", DATA);
        table.add("/a", "w", DATA);

        assertThat(table.watchCount()).isEqualTo(1);
        assertThat(data("/a")).containsExactly("w");
        assertThat(data("/a")).isEmpty();
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void bothTablesAreCounted() {
        table.add("/a", "w", DATA | CHILD);
        table.add("/b", "w", PERSISTENT);
        table.add("/c", "w", RECURSIVE);
        assertThat(table.watchCount()).isEqualTo(5);
        table.add("/b", "w", DATA | CHILD);
        assertThat(table.watchCount()).isEqualTo(5);

        assertThat(table.remove("/b", "w", PERSISTENT)).isEqualTo(PERSISTENT);
        assertThat(table.watchCount()).isEqualTo(5);
        table.removeAll("w");
        assertThat(table.watchCount()).isZero();
        assertThat(table.isEmpty()).isTrue();
    }

    @Test
    void onlyTheGivenModesAreTakenAway() {
        table.add("/a", "w", ANY);
        table.add("/a", "v", DATA);

        assertThat(table.remove("/a", "w", CHILD)).isEqualTo(CHILD);
        assertThat(table.remove("/a", "w", CHILD)).isZero();
        assertThat(table.modes("/a", "w")).isEqualTo(ANY & ~CHILD);
        assertThat(table.remove("/a", "w", ANY)).isEqualTo(ANY & ~CHILD);
        assertThat(table.modes("/a", "v")).isEqualTo(DATA);
        assertThat(table.remove("/none", "w", ANY)).isZero();
    }

    @Test
    void recursiveWatchesThatAreGoneAreNotLookedFor() {
        table.add("/a", "w", RECURSIVE);
        table.add("/b", "w", RECURSIVE);
        table.remove("/a", "w", RECURSIVE);

        assertThat(data("/a/x")).isEmpty();
        assertThat(data("/b/x")).containsExactly("w");
        table.removeAll("w");
        assertThat(data("/b/x")).isEmpty();
    }

    @Test
    void onlyTheDataTableIsListed() {
        table.add("/child", "w", CHILD);
        table.add("/data", "w", DATA);
        table.add("/persistent", "w", PERSISTENT);
        List<String> listed = new ArrayList<>();
        table.forEachData((watcher, path) -> listed.add(watcher + path));

        assertThat(listed).containsExactly("w/data", "w/persistent");
    }
}
