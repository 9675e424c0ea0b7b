/**
 * The duty cycle: where the core runs, when it is told the time, and how the process dies. Must not know sockets or files.
 */
package io.quorate.coordinator.runtime;
