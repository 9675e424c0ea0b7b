/**
 * One class for each operation: writes plan a transaction against the speculative tree or refuse, reads answer from the
 * committed one. Looks at tree, sessions and watches; changes nothing but watches. Must not know connections or quorums.
 */
package io.quorate.coordinator.op;
