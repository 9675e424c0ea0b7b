package io.quorate.coordinator.snapshot;

import io.quorate.coordinator.core.Recovery.DigestCheck;
import java.nio.file.Path;
import java.util.List;

/**
 * What an import read and wrote.
 *
 * @param zxid the last transaction that is in it
 * @param nodes as a ZooKeeper counts them
 * @param digest of the tree (semantics 13)
 * @param digestCheck how the digests in snapshot and logs compared with those computed here
 * @param transactions replayed from the logs
 * @param filesRead in the order in which they were read
 * @param snapshot the file that was written
 * @param warnings what the operator should know, one sentence each
 */
public record ImportSummary(
        long zxid,
        int nodes,
        int sessions,
        long ephemerals,
        long digest,
        DigestCheck digestCheck,
        long transactions,
        List<Path> filesRead,
        Path snapshot,
        List<String> warnings) {}
