/**
 * What producers, consumers and proxies need to know of a cluster: an immutable snapshot that is replaced as a whole, and who
 * gets which message. Pure.
 */
package io.quorate.registry.cache;
