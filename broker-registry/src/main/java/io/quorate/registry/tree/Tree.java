package io.quorate.registry.tree;

import java.util.List;
import java.util.function.Consumer;

/**
 * The tree, seen through one session. Requests are carried out in the order given; answers and changes come back later, never
 * from within the call, on one and the same thread, and a change comes before the answer that already shows it. What was asked
 * for before the connection was lost is answered with an error and never asked again.
 */
public interface Tree {
    /** The id of the session. */
    long session();

    /**
     * Reads nodes. They are of one moment if there are at most {@link #READS_AT_ONCE}.
     *
     * @param done gets what was found, or the error if the server does not show all of them
     */
    void read(List<Read> reads, Consumer<ReadReply> done);

    /** As {@link #read}, but those that the server does not show do not keep the others back: {@link Node#isReadable}. */
    default void readEach(List<Read> reads, Consumer<ReadReply> done) {
        read(reads, done);
    }

    /** Carries out all of these in one transaction, or none. */
    void write(List<Write> writes, Consumer<WriteReply> done);

    /**
     * Watches a node, and on wish everything below it, until the session ends, over lost connections. What changes while there
     * is no connection is not told: read again when there is one.
     */
    void watch(String path, boolean isRecursive, Consumer<NodeChange> told);

    /**
     * Asks whether there is such a node and watches it for its next change, once.
     *
     * @param told gets that change, also if it happens while there is no connection
     */
    void watchOnce(String path, Consumer<NodeChange> told, Consumer<ReadReply> done);

    /** So many reads are of one moment. */
    int READS_AT_ONCE = 100;
}
