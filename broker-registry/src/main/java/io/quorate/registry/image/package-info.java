/**
 * A picture of brokers, topics and partitions, kept up to date by one persistent recursive watch and batched reads where other
 * controllers keep thousands of watches that fire once (registry spec 13.3). Belongs to one thread. Pure.
 */
package io.quorate.registry.image;
