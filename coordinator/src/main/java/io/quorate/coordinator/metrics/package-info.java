/**
 * What the server measures of itself, by the names that monitoring of the reference knows (client-protocol 16). A leaf: owns
 * names, numbers and how they are printed; must not know who counts or who asks.
 */
package io.quorate.coordinator.metrics;
