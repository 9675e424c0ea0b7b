package io.quorate.xcheck;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** The super user of a run: opens a round, and at its end compares the whole tree on both servers and takes it away. */
final class Keeper {

    /** The user and password of the super user, and the digest both servers are configured with. */
    static final String SUPER = "super:secret";

    static final String SUPER_DIGEST = "super:lK75jTNcA+U9vtVEw5vB51mj/w4=";

    private static final int BATCH = 60;
    private static final Set<String> KEPT = Set.of("/", "/zookeeper", "/zookeeper/quota", "/zookeeper/config");

    private final Function<List<Request>, Side.Received> exchange;
    private int xid;

    /** {@code exchange} sends requests at once and returns what came back. */
    Keeper(Function<List<Request>, Side.Received> exchange) {
        this.exchange = exchange;
    }

    /** Signs in and gives the nodes that every round keeps a known ACL and content. */
    void open() {
        send(List.of(Requests.digest(SUPER)));
        List<Requests.Body> resets = new ArrayList<>();
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota")) {
            resets.add(Requests.setAcl(path, AclEntry.OPEN, -1));
            resets.add(Requests.setData(path, new byte[0], -1));
        }
        resets.forEach(reset -> send(List.of(reset)));
    }

    /** Reads every node on both servers, then deletes from the leaves up. */
    void compareAndClean() {
        List<String> all = walk();
        List<Requests.Body> deletes = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (!KEPT.contains(all.get(i))) {
                deletes.add(Requests.pathAndVersion(Op.DELETE, all.get(i), -1));
            }
        }
        inBatches(deletes);
        send(List.of(Requests.pathAndWatch(Op.GET_CHILDREN2, "/", 0)));
    }

    /** All paths, parents before children. */
    private List<String> walk() {
        List<String> all = new ArrayList<>(List.of("/"));
        int from = 0;
        while (from < all.size()) {
            int to = Math.min(all.size(), from + BATCH);
            List<String> batch = List.copyOf(all.subList(from, to));
            List<Requests.Body> reads = new ArrayList<>();
            for (String path : batch) {
                reads.add(Requests.pathAndWatch(Op.GET_DATA, path, 0));
                reads.add(Requests.path(Op.GET_ACL, path));
                reads.add(Requests.pathAndWatch(Op.GET_CHILDREN2, path, 0));
            }
            Side.Received received = send(reads);
            for (int i = 0; i < batch.size(); i++) {
                String parent = batch.get(i).equals("/") ? "" : batch.get(i);
                for (String child : children(received.frames().get(3 * i + 2))) {
                    all.add(parent + "/" + child);
                }
            }
            from = to;
        }
        return all;
    }

    private static List<String> children(byte[] frame) {
        ByteBuffer in = ByteBuffer.wrap(frame);
        in.position(12);
        List<String> children = new ArrayList<>();
        if (in.getInt() != 0) {
            return children;
        }
        int count = in.getInt();
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[in.getInt()];
            in.get(name);
            children.add(new String(name, StandardCharsets.UTF_8));
        }
        children.sort(null);
        return children;
    }

    private void inBatches(List<Requests.Body> bodies) {
        for (int from = 0; from < bodies.size(); from += BATCH) {
            send(bodies.subList(from, Math.min(bodies.size(), from + BATCH)));
        }
    }

    private Side.Received send(List<Requests.Body> bodies) {
        List<Request> requests = new ArrayList<>();
        for (Requests.Body body : bodies) {
            xid++;
            requests.add(body.at(xid));
        }
        return exchange.apply(requests);
    }
}
