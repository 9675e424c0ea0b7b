package io.quorate.coordinator.cli.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks one server one four-letter word, on a connection of its own. */
public final class FourLetterWord {

    private FourLetterWord() {}

    /**
     * The whole answer.
     *
     * @param limit for the connection, and again for each part of the answer
     * @throws IOException with a reason for people, if there is none
     */
    public static String ask(ServerAddress server, String word, Duration limit) throws IOException {
        InetSocketAddress address = server.resolve();
        if (address.isUnresolved()) {
            throw new UnknownHostException("no address is known for " + server.host());
        }
        int millis = Math.toIntExact(Math.max(1, limit.toMillis()));
        try (Socket socket = new Socket()) {
            socket.connect(address, millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
