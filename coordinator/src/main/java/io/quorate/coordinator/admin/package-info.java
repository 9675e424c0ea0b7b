/**
 * What an operator may ask a running server: one class per command, one table that lists them. Owns their texts, to the byte
 * (client-protocol 14); must not know the port they came in by, nor the log, nor snapshots.
 */
package io.quorate.coordinator.admin;
