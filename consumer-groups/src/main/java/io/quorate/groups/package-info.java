/** Consumer side of the coordinator: membership, ownership, offsets and rebalancing. Knows only the wire protocol. */
package io.quorate.groups;
