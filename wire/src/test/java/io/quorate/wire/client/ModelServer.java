package io.quorate.wire.client;

import io.quorate.wire.Codec;
import io.quorate.wire.jute.JuteReader;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.EventType;
import io.quorate.wire.proto.GetDataRequest;
import io.quorate.wire.proto.GetDataResponse;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.ReplyHeader;
import io.quorate.wire.proto.RequestHeader;
import io.quorate.wire.proto.Requests;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.SetDataRequest;
import io.quorate.wire.proto.SetWatchesRequest;
import io.quorate.wire.proto.StatResponse;
import io.quorate.wire.proto.WatchedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The little of a server that the random run needs: nodes with a zxid for data, one session, one connection at a time, data
 * watches. What it has executed is separate from what it has said: a connection can be cut between the two.
 */
final class ModelServer {
    private final Map<String, Long> mzxids = new HashMap<>();
    private final Set<String> watched = new HashSet<>();
    private final Deque<Frame> received = new ArrayDeque<>();
    private final Deque<byte[]> said = new ArrayDeque<>();
    private final List<Integer> executed = new ArrayList<>();
    private boolean greeted;
    private long zxid = 1;

    /** What the client sent reaches the server's socket. */
    void receive(Frame frame) {
        received.add(new Frame(frame.bytes().clone(), frame.length()));
    }

    boolean hasWork() {
        return !received.isEmpty();
    }

    boolean hasWords() {
        return !said.isEmpty();
    }

    /** Executes the next request. */
    void work() {
        Frame frame = received.remove();
        JuteReader reader =
                new JuteReader().wrap(new UnsafeBuffer(frame.bytes()), Integer.BYTES, frame.payloadLength());
        if (!greeted) {
            greeted = true;
            ConnectRequest.read(reader);
            say(new ConnectResponse(0, 9_000, 1, new byte[16], false, true));
            return;
        }
        RequestHeader header = RequestHeader.read(reader);
        var request = Requests.read(OpCode.of(header.type()), reader);
        if (request instanceof SetDataRequest set) {
            executed.add(set.version());
            change(set.path());
            reply(header.xid(), new StatResponse(Stats.of(zxid)));
        } else if (request instanceof GetDataRequest get) {
            watched.add(get.path());
            reply(header.xid(), new GetDataResponse(null, Stats.of(mzxid(get.path()))));
        } else if (request instanceof SetWatchesRequest set) {
            set.dataWatches().forEach(path -> rewatch(path, set.relativeZxid()));
            say(new ReplyHeader(header.xid(), zxid, 0));
        } else {
            say(new ReplyHeader(header.xid(), zxid, 0));
        }
    }

    private void rewatch(String path, long relativeZxid) {
        if (mzxid(path) > relativeZxid) {
            event(path, -1);
        } else {
            watched.add(path);
        }
    }

    /** A node changes. */
    void change(String path) {
        zxid++;
        mzxids.put(path, zxid);
        if (watched.remove(path)) {
            event(path, zxid);
        }
    }

    long mzxid(String path) {
        return mzxids.getOrDefault(path, 0L);
    }

    /** The versions of the setData requests that were executed, in order. */
    List<Integer> executed() {
        return executed;
    }

    /** The next frame for the client. */
    byte[] nextWords() {
        return said.remove();
    }

    /** The connection is gone: what was not executed never will be, what was not said will not be heard. */
    void cut() {
        received.clear();
        said.clear();
        watched.clear();
        greeted = false;
    }

    private void event(String path, long eventZxid) {
        said.add(Codec.encode(writer -> {
            new ReplyHeader(-1, eventZxid, 0).write(writer);
            new WatchedEvent(EventType.NODE_DATA_CHANGED, path).write(writer);
        }));
    }

    private void reply(int xid, Response response) {
        said.add(Codec.encode(writer -> {
            new ReplyHeader(xid, zxid, 0).write(writer);
            response.write(writer);
        }));
    }

    private void say(Record record) {
        said.add(Codec.encode(record));
    }
}
