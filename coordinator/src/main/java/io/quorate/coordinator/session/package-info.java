/**
 * Sessions, their timeouts and their ephemeral nodes, as transactions make and end them, and the buckets in which they
 * expire. Must not know connections, watches or quorums; time comes in as a number.
 */
package io.quorate.coordinator.session;
