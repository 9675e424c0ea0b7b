/**
 * Whole clusters of brokers in one thread and in virtual time: real memberships and controllers on a simulated tree, with chance
 * deciding what is slow, lost, cut off, killed or asked for. After every transaction the invariants of registry spec 14 are
 * checked on what it did.
 */
package io.quorate.registry.sim;
