package io.quorate.coordinator.net.peer;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ConnectTimeoutException;
import io.quorate.wire.quorum.ElectionHello.Address;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Another server on the election port: the one message that waits for it, the last one it was sent, and how it is reached. The
 * event loop's thread.
 */
final class ElectionPeer {

    private static final Logger LOG = LoggerFactory.getLogger(ElectionPeer.class);
    private static final long RETRY_MILLIS_MIN = 100;
    private static final long RETRY_MILLIS_MAX = 3_000;

    /** What was sent so shortly before a connection went down may have been lost with it. */
    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ElectionTransport transport;
    private final long sid;
    private final List<Address> configured;
    private List<Address> announced = List.of();
    private ElectionConnection connection;
    private byte[] waiting;
    private byte[] last;
    private boolean connecting;
    private Future<?> retry;
    private long retryMillis = RETRY_MILLIS_MIN;
    private boolean unreachable;
    private long establishedNanos;
    private long sentNanos;

    ElectionPeer(ElectionTransport transport, long sid, List<Address> configured) {
        this.transport = transport;
        this.sid = sid;
        this.configured = configured;
    }

    long sid() {
        return sid;
    }

    /** Sends a frame as soon as that is possible; takes the place of one that waits. */
    void send(byte[] frame) {
        waiting = frame;
        if (connection != null) {
            connection.writeNext();
        } else if (retry == null) {
            connect();
        }
    }

    /** The frame to send next, null if none waits. */
    byte[] take() {
        if (waiting == null) {
            return null;
        }
        last = waiting;
        waiting = null;
        sentNanos = System.nanoTime();
        return last;
    }

    /** A connection is up, in whichever direction: it takes the place of the one before. */
    void established(ElectionConnection now) {
        ElectionConnection before = connection;
        connection = now;
        cancelRetry();
        retryMillis = RETRY_MILLIS_MIN;
        unreachable = false;
        establishedNanos = System.nanoTime();
        if (before != null) {
            before.close();
        }
        LOG.info("election connection with server {} is up, {}", sid, now.remote());
        if (waiting == null) {
            // What was sent over the connection before may not have arrived.
            waiting = last;
        }
        now.writeNext();
    }

    /** A connection is down. */
    void lost(ElectionConnection gone) {
        if (gone != connection) {
            return;
        }
        connection = null;
        LOG.info("election connection with server {} is down", sid);
        if (waiting != null) {
            retryLater();
        } else if (wasSentInVain()) {
            waiting = last;
            connect();
        } else {
            forget();
        }
    }

    /**
     * When a leader dies its followers may ask it for its vote before they hear of the end of this connection. Asking again at once
     * tells whether it is still there. Not if the connection was short-lived: that could go on for ever.
     */
    private boolean wasSentInVain() {
        long now = System.nanoTime();
        return last != null && now - sentNanos < RECENT_NANOS && now - establishedNanos >= RECENT_NANOS;
    }

    /** A server with a smaller number has asked for a connection: it has none, whatever this one thinks. */
    void knocked(List<Address> addresses) {
        announced = addresses;
        if (connecting) {
            return;
        }
        if (connection != null) {
            ElectionConnection before = connection;
            connection = null;
            before.close();
        }
        cancelRetry();
        connect();
    }

    private void connect() {
        if (connecting || transport.isClosed()) {
            return;
        }
        Set<Address> places = new LinkedHashSet<>(announced);
        places.addAll(configured);
        if (places.isEmpty()) {
            forget();
            return;
        }
        connecting = true;
        connect(new ArrayList<>(places), 0, true);
    }

    /** Tries one address after the other; {@code refused} while all before refused. */
    private void connect(List<Address> places, int index, boolean refused) {
        ElectionConnection attempt = new ElectionConnection(transport, this);
        Address place = places.get(index);
        ChannelFuture unused = transport.connect(place, attempt).addListener(done -> {
            if (done.isSuccess()) {
                connecting = false;
                onConnected(attempt);
                return;
            }
            boolean allRefused = refused && isRefusal(done.cause());
            if (index + 1 < places.size() && !transport.isClosed()) {
                connect(places, index + 1, allRefused);
            } else {
                connecting = false;
                onNotConnected(places, allRefused, done.cause());
            }
        });
    }

    /** True if the other machine is there and says that nobody listens; a lost or cut network answers otherwise, or not at all. */
    private static boolean isRefusal(Throwable cause) {
        return cause instanceof ConnectException && !(cause instanceof ConnectTimeoutException);
    }

    private void onNotConnected(List<Address> places, boolean refused, Throwable cause) {
        if (!unreachable) {
            unreachable = true;
            LOG.info("server {} cannot be reached on {}: {}", sid, places, reason(cause));
        }
        if (refused) {
            transport.refused(sid);
        }
        retryLater();
    }

    private static String reason(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private void onConnected(ElectionConnection attempt) {
        boolean knock = sid > transport.settings().sid();
        attempt.introduce(knock);
        if (!knock) {
            established(attempt);
        } else if (connection == null) {
            // The other one connects back. Should it not, it will be knocked at again.
            retryLater();
        }
    }

    private void retryLater() {
        if (transport.isClosed() || retry != null || connection != null) {
            return;
        }
        boolean nothingToSay = waiting == null && last == null;
        if (nothingToSay || configured.isEmpty()) {
            forget();
            return;
        }
        retry = transport.later(retryMillis, () -> {
            retry = null;
            if (waiting != null) {
                connect();
            }
        });
        retryMillis = Math.min(2 * retryMillis, RETRY_MILLIS_MAX);
    }

    private void cancelRetry() {
        if (retry != null) {
            retry.cancel(false);
            retry = null;
        }
    }

    private void forget() {
        if (connection == null && !connecting) {
            transport.forgetStranger(this);
        }
    }

    void stop() {
        cancelRetry();
    }
}
