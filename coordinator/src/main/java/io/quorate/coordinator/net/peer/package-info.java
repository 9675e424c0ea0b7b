/**
 * Netty ends for the other members: the election port, on which votes travel, and the quorum port, on which a learner speaks
 * with its leader. Connects, accepts, cuts, decodes and offers events; encodes and flushes. Decides nothing about the quorum:
 * who is to be heard or believed is the business of {@code zab}.
 */
package io.quorate.coordinator.net.peer;
