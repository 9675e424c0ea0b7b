/** The commands about brokers, their controller, topics and partitions, on what {@code io.quorate.registry} reads. */
package io.quorate.coordinator.cli.brokers;
