/**
 * Agreement on the order of transactions, which are opaque bytes with a zxid here. Must not know trees, sessions or clients.
 */
package io.quorate.coordinator.zab;
