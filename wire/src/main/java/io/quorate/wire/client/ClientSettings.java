package io.quorate.wire.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What a client was told by its {@link ClientBuilder}, whose methods say what it means.
 *
 * @param resumed null to ask for a new session
 * @param callbacks null for a thread of the client's own
 * @param eventLoops null for one of the client's own
 */
record ClientSettings(
        ConnectString connectString,
        Duration sessionTimeout,
        Duration operationTimeout,
        Duration closeTimeout,
        int outstandingMax,
        int requestBytesMax,
        int replyBytesMax,
        boolean readOnly,
        List<Credentials> credentials,
        Session resumed,
        SessionListener listener,
        Executor callbacks,
        NettyLoops eventLoops,
        ClientTraffic traffic) {}
