/**
 * The {@code quorate demo} command: a small cluster of real processes on loopback, to look at and to kill parts of. The processes
 * are this program again, with a hidden command for each kind of part.
 */
package io.quorate.coordinator.cli.demo;
