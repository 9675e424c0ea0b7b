/**
 * The protocols between servers as values and codecs: the election port, the quorum port, and the snapshot that travels on
 * it. Where bytes arrive bit by bit, a {@code length} method says how many make up the next value, before anything is
 * allocated for it. It must not know what a server does with the values.
 */
package io.quorate.wire.quorum;
