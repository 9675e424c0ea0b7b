/**
 * The committed namespace and what planning lays over it. Owns znodes, access lists, quota figures and the tree digest;
 * knows transactions as values, and must not know sessions, watches, clients, quorums or time.
 */
package io.quorate.coordinator.tree;
