package io.quorate.compat.words;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.compat.CompatServer;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which four-letter words are answered when the whitelist names but two, and what the others get. */
final class WhitelistTest {

    static final byte[] TELNET_INTERRUPT = {(byte) 0xff, (byte) 0xf4, (byte) 0xff, (byte) 0xfd};

    @RegisterExtension
    static final CompatServer SERVER = CompatServer.withJvm().with("4lw.commands.whitelist", "ruok, stat");

    private static String ask(String word) {
        return SERVER.process().fourLetterWord(word);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf", "cons", "crst", "dirs", "dump", "envi", "gtmk", "stmk", "hash", "isro", "mntr", "srst", "wchc",
                "wchp", "wchs"
            })
    void wordsThatAreNotListedAreRefused(String word) {
        assertThat(ask(word)).isEqualTo(word + " is not executed because it is not in the whitelist.\n");
    }

    @Test
    void listedWordsAndSrvrAreAnswered() {
        assertThat(ask("ruok")).isEqualTo("imok");
        assertThat(ask("stat")).contains("Mode: standalone");
        assertThat(ask("srvr")).contains("Mode: standalone");
    }

    @Test
    void aTelnetInterruptIsRefusedByItsName() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", SERVER.process().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(TELNET_INTERRUPT);
            assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
                    .isEqualTo("telnet close is not executed because it is not in the whitelist.\n");
        }
    }
}
