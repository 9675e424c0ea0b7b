/** Who leads a partition and who is in sync: one pure function from a partition's situation to its next state (registry spec 7). */
package io.quorate.registry.election;
