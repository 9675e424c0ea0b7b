/**
 * Proof that clients nobody here wrote work unchanged: each scenario drives a real client against one server process,
 * Quorate by default, or with {@code -Dquorate.compat.server=zookeeper} the server it must resemble. A scenario that
 * fails against ZooKeeper is wrong itself. This package holds the server under test; the clients have one package each.
 */
package io.quorate.compat;
