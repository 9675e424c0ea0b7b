package io.quorate.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;

/** A session with two ephemeral nodes that is left, or ended, at the moment when something happens to the servers. */
final class Visitor {

    private static final int TRIES_MAX = 100;

    private final RecordedClient client;
    private final List<String> paths;
    private final boolean endsItself;

    private Visitor(RecordedClient client, List<String> paths, boolean endsItself) {
        this.client = client;
        this.paths = paths;
        this.endsItself = endsItself;
    }

    /** Connects and makes its nodes; the ensemble must be whole. */
    static Visitor come(
            RecordedClient client, List<InetSocketAddress> servers, String root, boolean endsItself, Random random)
            throws IOException {
        client.connect(servers.get(random.nextInt(servers.size())));
        List<String> paths =
                List.of(root + "/visitor" + client.number() + "a", root + "/visitor" + client.number() + "b");
        for (String path : paths) {
            client.create(path, path, true);
        }
        client.receiveAll();
        return new Visitor(client, paths, endsItself);
    }

    /** Leaves in its way. */
    void leave() {
        try {
            if (endsItself) {
                client.close();
                client.receiveAll();
            }
        } catch (IOException e) {
            // The servers are at fault, on purpose. What came of the end is unknown.
            client.disconnect();
        }
        client.disconnect();
    }

    RecordedClient client() {
        return client;
    }

    List<String> paths() {
        return paths;
    }

    /** Asks for its session, which must be over, and writes the refusal down. */
    void checkThatItIsOver(List<InetSocketAddress> servers) throws IOException {
        for (int i = 0; client.hasSession() && i < TRIES_MAX; i++) {
            client.connect(servers.get(i % servers.size()));
            assertThat(client.isConnected())
                    .as("a session whose nodes are gone was taken up again")
                    .isFalse();
        }
    }
}
