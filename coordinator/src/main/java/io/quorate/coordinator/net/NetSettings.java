package io.quorate.coordinator.net;

import java.net.InetSocketAddress;

/**
 * What the client port needs to know of the configuration.
 *
 * @param address where to listen; port 0 takes a free one
 * @param frameBytesMax the longest frame a client may send
 * @param perAddressMax connections from one address, 0 for no limit
 * @param totalMax connections in total, 0 for no limit
 * @param backlog accept backlog, −1 for the system's
 * @param sessionlessMillis a connection that asked for no session is closed after that, rounded up
 * @param unsentBytesMax a client that does not read is closed when so much waits for it
 * @param largeRequestBytes frames longer than this are counted as large, −1 for never
 * @param largeRequestsBytesMax sum of large requests being read
 */
public record NetSettings(
        InetSocketAddress address,
        int frameBytesMax,
        int perAddressMax,
        int totalMax,
        int backlog,
        boolean keepAlive,
        int sessionlessMillis,
        long unsentBytesMax,
        int largeRequestBytes,
        long largeRequestsBytesMax) {}
