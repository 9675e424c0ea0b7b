package io.quorate.wire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConnectStringTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a:1                   | [a:1]                | ''",
                "a                     | [a:2181]             | ''",
                "a:1,b,c:3             | [a:1, b:2181, c:3]   | ''",
                "a:1, b:2              | [a:1, b:2]           | ''",
                "a:1/                  | [a:1]                | ''",
                "a:1,b:2/x/y           | [a:1, b:2]           | /x/y",
                "[::1]:7,[fe80::2]/z   | [[::1]:7, [fe80::2]:2181] | /z"
            })
    void isRead(String text, String hosts, String chroot) {
        ConnectString parsed = ConnectString.parse(text);
        assertThat(parsed.hosts()).hasToString(hosts);
        assertThat(parsed.chroot().prefix()).isEqualTo(chroot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "a:1,", ":1", "a:", "a:x", "a:0", "a:65536", "a:1:2", "/x", "a:1/x/", "[::1", "[::1]x:3"
            })
    void isRefused(String text) {
        assertThatThrownBy(() -> ConnectString.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
