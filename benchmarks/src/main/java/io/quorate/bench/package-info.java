/**
 * The end-to-end load driver: it starts ZooKeeper, Quorate and an echo server as child processes, puts the same load on
 * each and prints what it measured side by side. It has a raw client of its own, because the driver shares the machine
 * with the server: it must cost as little as possible and must not share code with what it measures.
 */
package io.quorate.bench;
