/**
 * Where things are in the tree and what the nodes contain: every path, and one class for each family of JSON bodies. The
 * contract with brokers that nobody here wrote (registry spec 1 and 2). Knows the model, and nobody who reads or writes.
 */
package io.quorate.registry.layout;
