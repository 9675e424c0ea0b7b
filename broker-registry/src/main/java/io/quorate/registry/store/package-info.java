/**
 * The edge: trees over a {@link io.quorate.wire.client.CoordinatorClient}, with requests batched and pipelined. Decides
 * nothing.
 */
package io.quorate.registry.store;
