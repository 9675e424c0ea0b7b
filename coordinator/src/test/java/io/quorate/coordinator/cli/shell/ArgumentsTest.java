package io.quorate.coordinator.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How what is typed behind a command is taken apart. */
final class ArgumentsTest {

    private static Arguments parse(String line) throws ShellFailure {
        return Arguments.parse("s e v: file:", Words.of(line));
    }

    @Test
    void optionsStandAnywhereAndMayBeJoined() throws ShellFailure {
        assertThat(parse("-se /a")).isEqualTo(new Arguments(Map.of("s", "", "e", ""), List.of("/a")));
        assertThat(parse("/a -es")).isEqualTo(new Arguments(Map.of("s", "", "e", ""), List.of("/a")));
        assertThat(parse("-sv 3 /a")).isEqualTo(new Arguments(Map.of("s", "", "v", "3"), List.of("/a")));
        assertThat(parse("-sv3 /a")).isEqualTo(new Arguments(Map.of("s", "", "v", "3"), List.of("/a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a d -v 3", "/a -v3 d", "-v=3 /a d"})
    void aValueStandsBehindItsOptionOrCloseToItOrAfterAnEqualsSign(String line) throws ShellFailure {
        assertThat(parse(line)).isEqualTo(new Arguments(Map.of("v", "3"), List.of("/a", "d")));
    }

    @Test
    void longOptionsHaveValuesToo() throws ShellFailure {
        assertThat(parse("-file a=b").value("file")).isEqualTo("a=b");
        assertThat(parse("-file=a=b").value("file")).isEqualTo("a=b");
    }

    @Test
    void behindTwoHyphensThereAreWordsOnly() throws ShellFailure {
        assertThat(parse("-s -- /a -v --")).isEqualTo(new Arguments(Map.of("s", ""), List.of("/a", "-v", "--")));
    }

    @Test
    void aHyphenOrANegativeNumberIsAWord() throws ShellFailure {
        assertThat(parse("/a - -5").words()).containsExactly("/a", "-", "-5");
        assertThat(parse("-v -1 /a").version()).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-x", "-sx", "--s", "--file a"})
    void unknownOptionsAreRefused(String line) {
        assertThatThrownBy(() -> parse(line)).hasMessageStartingWith("Unrecognized option: " + line.split(" ", -1)[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "-v -s", "-v -es", "-v --", "-sv"})
    void anOptionWithoutItsValueIsRefused(String line) {
        assertThatThrownBy(() -> parse(line)).hasMessage("Missing argument for option: v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4294967295", "-2147483649", "1.5", "latest"})
    void whatIsNoVersionIsRefusedAndNotCutToSize(String version) throws ShellFailure {
        Arguments arguments = parse("-v " + version + " /a");
        assertThatThrownBy(arguments::version)
                .hasMessageContaining("not a version")
                .hasMessageEndingWith(version);
    }

    @Test
    void withoutAVersionAnyIsMeant() throws ShellFailure {
        assertThat(parse("/a").version()).isEqualTo(-1);
        assertThat(parse("-v 7 /a").version()).isEqualTo(7);
    }
}
