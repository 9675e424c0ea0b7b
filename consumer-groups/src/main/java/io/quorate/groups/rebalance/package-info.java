/**
 * What a member of a group does, as pure logic: events in, orders out. Knows the layout of the tree and no client; does no
 * input or output, reads no clock and has no thread. {@link io.quorate.groups.rebalance.Rebalance} is the door.
 */
package io.quorate.groups.rebalance;
