/** The {@code quorate tree} command: nodes as they are, with what ZooKeeper's shell prints for them. */
package io.quorate.coordinator.cli.tree;
