/** Where a group keeps what in the tree, and how the bodies look. Values only: nothing here reads or writes a node. */
package io.quorate.groups.layout;
