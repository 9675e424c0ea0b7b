package io.quorate.history;

/**
 * What a client was told of one node.
 *
 * @param value its data
 * @param czxid zxid of its creation
 * @param mzxid zxid of its last change
 * @param version number of its changes
 */
public record Node(String value, long czxid, long mzxid, int version) {}
