package io.quorate.wire.client;

import java.util.List;

/**
 * Answer to multi and multiRead.
 *
 * @param results one for each part, in order; all are OK in a multi (else it fails with
 *     {@link CoordinatorException.MultiFailed}), each has its own error in a multiRead
 * @param zxid of the transaction; for multiRead, of the last one the answering server had applied
 */
public record MultiOutcome(List<OpResult> results, long zxid) {}
