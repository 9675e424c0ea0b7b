/**
 * Events in, orders out: introduces the service (tree, sessions, watches, operations) and agreement (zab) to each other, and
 * keeps the order of each client's requests. One thread; no sockets, files, clocks or chance inside.
 */
package io.quorate.coordinator.core;
