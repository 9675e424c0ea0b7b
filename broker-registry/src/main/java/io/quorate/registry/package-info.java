/** Broker side of the coordinator: registration, controller, topics and partitions on the standard znodes. Knows only the wire protocol. */
package io.quorate.registry;
