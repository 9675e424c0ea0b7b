package io.quorate.coordinator.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsTest {

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a/b", "/.b", "/..x", "/a/...", "/a/.b/c", "/ ", "/a b", "/~"})
    void goodPathsAreTaken(String path) {
        assertThat(Paths.isValid(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "a/b", "//", "//a", "/a/", "/a//b", "/.", "/..", "/a/.", "/a/..", "/./a", "/../a", "/a/../b"
            })
    void badShapesAreRefused(String path) {
        assertThat(Paths.isValid(path)).isFalse();
    }

    /** Both ends of every range in semantics 2, and their neighbours. */
    @ParameterizedTest
    @CsvSource({
        "0000, false", "0001, false", "001F, false", "0020, true", "007E, true", "007F, false", "009F, false",
        "00A0, true", "D7FF, true", "D800, false", "DFFF, false", "E000, false", "F8FF, false", "F900, true",
        "FFEF, true", "FFF0, false", "FFFF, false"
    })
    void charactersAreTakenOrRefusedByRange(String hex, boolean valid) {
        char c = (char) Integer.parseInt(hex, 16);

        assertThat(Paths.isValid("/a" + c + "b")).isEqualTo(valid);
        assertThat(Paths.isValid("/" + c)).isEqualTo(valid);
    }

    @Test
    void weakValidationWantsASlashAndNoNul() {
        assertThat(Paths.hasParent("a/b")).isTrue();
        assertThat(Paths.hasParent("/a/")).isTrue();
        assertThat(Paths.hasParent("ab")).isFalse();
        assertThat(Paths.hasParent("")).isFalse();
        assertThat(Paths.hasParent("/a\0")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/a, /", "/a/b, /a", "/a/, /a", "//a, /", "/, /", "a/b, a"})
    void theParentIsTheTextBeforeTheLastSlash(String path, String parent) {
        assertThat(Paths.parent(path)).isEqualTo(parent);
    }

    @Test
    void belowGoesByComponents() {
        assertThat(Paths.isAtOrBelow("/a/b", "/a")).isTrue();
        assertThat(Paths.isAtOrBelow("/a", "/a")).isTrue();
        assertThat(Paths.isAtOrBelow("/ab", "/a")).isFalse();
        assertThat(Paths.isAtOrBelow("/ab", "/")).isTrue();
    }

    @Test
    void theDigestLeavesOutWhatIsBelowTheSystemNode() {
        assertThat(Paths.isDigested("/zookeeper")).isTrue();
        assertThat(Paths.isDigested("/zookeeper/quota")).isFalse();
        assertThat(Paths.isDigested("/zookeepers")).isTrue();
    }
}
