/**
 * The ZAB side of the core: roles, elections and proposals over opaque transactions. It sees a transaction as a zxid and
 * bytes, and must not know the tree, sessions or watches.
 */
package io.quorate.coordinator.zab;
