/**
 * Who watches what. Owns registrations of one server's own connections; they are neither replicated nor stored. Must not
 * know what a connection is, nor send anything itself.
 */
package io.quorate.coordinator.watch;
