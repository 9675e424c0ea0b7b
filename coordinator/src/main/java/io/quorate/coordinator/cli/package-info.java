/**
 * The {@code quorate} command: what can be typed, what is printed, and the exit codes. It starts a server through
 * {@link io.quorate.coordinator.cli.ServerStart} and so does not know how one is built.
 */
package io.quorate.coordinator.cli;
