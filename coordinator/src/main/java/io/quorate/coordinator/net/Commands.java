package io.quorate.coordinator.net;

import java.util.function.Consumer;

/** The four-letter words, as the client port sees them: the operator's side answers with text. */
public interface Commands {

    /** Bytes that follow this word as its argument, or −1 if these four bytes are no word at all. */
    int argumentBytes(int word);

    /** Runs a word; {@code answer} is called once, on any thread, and the connection is closed when the text was sent. */
    void run(int word, long argument, Consumer<String> answer);
}
