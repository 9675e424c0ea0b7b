package io.quorate.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the connections of a pipelined row send: the nodes it needs, and the requests of each connection. Each connection
 * has its own nodes below {@code folder}, so that loads of one run never meet.
 *
 * @param requestsPerSecond of all connections together; 0 for as many as the windows allow
 */
record Workload(Kind kind, int connections, int window, String folder, int requestsPerSecond) {

    static final int DATA_BYTES = 100;
    static final int SETS_PER_COMMIT = 100;
    static final int OFFSETS_PER_COMMIT = 10;

    private static final int REQUESTS_PER_MIX = 10;
    private static final byte[] OFFSET = "1234567890".getBytes(StandardCharsets.US_ASCII);

    /** The request, or mixture of requests, that is repeated. */
    enum Kind {
        SET("setData"),
        GET("getData"),
        CREATE("create"),
        MIX("90 % getData, 10 % setData"),
        COMMIT("offset commits (multi of " + SETS_PER_COMMIT + " setData)"),
        OFFSETS("fenced commits of " + OFFSETS_PER_COMMIT + " offsets");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** As fast as the windows allow. */
    Workload(Kind kind, int connections, int window, String folder) {
        this(kind, connections, window, folder, 0);
    }

    static byte[] data() {
        byte[] data = new byte[DATA_BYTES];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) ('a' + i % 26);
        }
        return data;
    }

    int operationsPerRequest() {
        return switch (kind) {
            case COMMIT -> SETS_PER_COMMIT;
            case OFFSETS -> OFFSETS_PER_COMMIT;
            case SET, GET, CREATE, MIX -> 1;
        };
    }

    /** Creates the nodes that the requests name. */
    void prepare(Session session) throws IOException {
        session.ensure(folder, new byte[0]);
        for (int i = 0; i < connections; i++) {
            session.ensure(node(i), data());
            if (kind == Kind.COMMIT || kind == Kind.OFFSETS) {
                for (String path : partitions(i)) {
                    session.ensure(path, data());
                }
            }
        }
    }

    /** The requests of one connection. */
    Requests requests(int connection) {
        String path = node(connection);
        byte[] set = Frames.setData(path, data());
        byte[] get = Frames.getData(path, false);
        int setReply = Frames.setDataReplyBytes();
        int getReply = Frames.getDataReplyBytes(DATA_BYTES);
        return switch (kind) {
            case SET -> Requests.same(set, setReply);
            case GET -> Requests.same(get, getReply);
            case CREATE -> Requests.creates(path, data());
            case MIX -> Requests.cycle(mixed(set, get), mixed(setReply, getReply), connection);
            case COMMIT -> Requests.same(
                    Frames.multiSetData(partitions(connection), data()),
                    Frames.multiSetDataReplyBytes(SETS_PER_COMMIT));
            case OFFSETS -> Requests.versioned(
                    Frames.fencedCommit(path, partitions(connection), OFFSET),
                    Frames.fencedCommitReplyBytes(OFFSETS_PER_COMMIT),
                    Frames.versionsAt(path, partitions(connection), OFFSET));
        };
    }

    /** The node of one connection; created nodes are its children. */
    String node(int connection) {
        return folder + "/n" + connection;
    }

    private List<String> partitions(int connection) {
        return IntStream.range(0, operationsPerRequest())
                .mapToObj(partition -> node(connection) + "/p" + partition)
                .toList();
    }

    private static <T> List<T> mixed(T set, T get) {
        List<T> mix = new ArrayList<>(Collections.nCopies(REQUESTS_PER_MIX, get));
        mix.set(0, set);
        return mix;
    }
}
