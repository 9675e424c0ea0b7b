/**
 * What brokers, topics and partitions are, as values. Knows nothing: neither how they are stored nor who decides about them.
 */
package io.quorate.registry.model;
