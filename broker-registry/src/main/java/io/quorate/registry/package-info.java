/**
 * Broker side of the coordinator: registration, controller, topics and partitions on the standard znodes, in one tree with
 * brokers that nobody here wrote. Begin with {@link io.quorate.registry.BrokerRegistry}. Knows only the wire protocol.
 *
 * <pre>
 * model ◄ placement
 * model ◄ layout, tree ◄ election, image, presence, config ◄ controller, cache ◄ member     no input or output, threads, clocks
 *                 ▲
 *               store ◄ (here) ◄ examples                                                   the edge
 * </pre>
 */
package io.quorate.registry;
