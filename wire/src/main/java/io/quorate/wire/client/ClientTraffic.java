package io.quorate.wire.client;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what clients ask and what they are told ({@link ClientBuilder#traffic}); one for one client, or one for many. Pings,
 * and what a client says by itself on a new connection, are not counted. Safe for use by any number of threads.
 */
public final class ClientTraffic {
    private final LongAdder requests = new LongAdder();
    private final LongAdder events = new LongAdder();
    private final LongAdder watches = new LongAdder();

    /** Requests that were submitted; a transaction is one, whatever its parts. */
    public long requests() {
        return requests.sum();
    }

    /** Events of watched nodes that servers have sent. */
    public long events() {
        return events.sum();
    }

    /** Watches that there are now: a node and a kind of watch, however many watchers that serves. */
    public long watches() {
        return watches.sum();
    }

    void onRequest() {
        requests.increment();
    }

    void onEvent() {
        events.increment();
    }

    void onWatches(int more) {
        watches.add(more);
    }
}
