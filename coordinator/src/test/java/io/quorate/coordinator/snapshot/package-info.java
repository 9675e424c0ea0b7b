/** Tests of the snapshots: what is written is what was there, and what is damaged is found out. */
package io.quorate.coordinator.snapshot;
