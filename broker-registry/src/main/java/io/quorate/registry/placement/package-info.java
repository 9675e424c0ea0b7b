/** On which brokers the partitions of a topic are put: pure functions, the same answers as brokers that nobody here wrote. */
package io.quorate.registry.placement;
