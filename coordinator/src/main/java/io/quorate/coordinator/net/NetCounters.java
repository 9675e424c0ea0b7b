package io.quorate.coordinator.net;

import io.quorate.coordinator.metrics.Counter;
import io.quorate.coordinator.metrics.Metrics;
import io.quorate.coordinator.metrics.Tally;

/** What one event loop counts for the operator: its thread is the only writer. */
record NetCounters(
        Tally rejected,
        Tally connectRequests,
        Tally sessionless,
        Tally largeRejected,
        Tally bytesReceived,
        Tally responseBytes,
        Tally watchBytes) {

    static NetCounters in(Metrics metrics) {
        return new NetCounters(
                metrics.take(Counter.CONNECTION_REJECTED),
                metrics.take(Counter.CONNECTION_REQUEST_COUNT),
                metrics.take(Counter.SESSIONLESS_CONNECTIONS_EXPIRED),
                metrics.take(Counter.LARGE_REQUESTS_REJECTED),
                metrics.take(Counter.BYTES_RECEIVED_COUNT),
                metrics.take(Counter.RESPONSE_BYTES),
                metrics.take(Counter.WATCH_BYTES));
    }
}
