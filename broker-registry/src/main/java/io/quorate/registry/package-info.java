/**
 * Broker side of the coordinator: registration, controller, topics and partitions on the standard znodes, in one tree with
 * brokers that nobody here wrote. Begin with {@link io.quorate.registry.BrokerRegistry}. Knows only the wire protocol.
 *
 * <pre>
 * model ◄ layout, tree ◄ placement, election, controller, cache     decisions: no input or output, no threads, no clocks
 *                 ▲
 *               store ◄ (here) ◄ examples                           the edge
 * </pre>
 */
package io.quorate.registry;
