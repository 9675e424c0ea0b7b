/**
 * The primitives of the encoding that every protocol of ZooKeeper shares: big-endian numbers, length-prefixed buffers and
 * strings, counted vectors. It knows no record; it checks every length before it believes it.
 */
package io.quorate.wire.jute;
