/**
 * Netty ends for clients: cut frames, decode, offer events; encode, flush. Decides nothing: what a request means is the core's
 * business. Must not know the log, snapshots, or the operator's commands.
 */
package io.quorate.coordinator.net;
