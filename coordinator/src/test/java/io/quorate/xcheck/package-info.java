/**
 * The differential run: one seeded generator drives a candidate server and a real ZooKeeper with the same requests over raw
 * sockets, and every reply frame is compared byte by byte after masking what may differ (clocks, session ids, unspecified
 * orders). Also the tests that send malformed frames. It knows the client wire only from its own small encoder, so that a
 * mistake in our codecs cannot hide itself.
 */
package io.quorate.xcheck;
