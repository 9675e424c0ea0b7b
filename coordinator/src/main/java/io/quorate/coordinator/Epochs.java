package io.quorate.coordinator;

import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.log.EpochFiles;
import io.quorate.coordinator.log.LogException;
import io.quorate.wire.quorum.Zxid;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member promised, and whose history it holds, as found at its start (quorum protocol specification, section 5).
 *
 * @param accepted the highest epoch that it promised itself to
 * @param current the epoch of the last leader whose history it took over
 */
record Epochs(long accepted, long current) {

    private static final Logger LOG = LoggerFactory.getLogger(Epochs.class);

    /**
     * Reads the files, and makes those that are missing: from the epoch of the last transaction, which this server must have
     * promised itself to, and whose leader it must have followed.
     *
     * @throws StartException if what they say cannot be
     */
    static Epochs read(EpochFiles files, long lastZxid) throws StartException {
        long ofHistory = Zxid.epoch(lastZxid);
        try {
            OptionalLong accepted = files.acceptedEpoch();
            OptionalLong current = files.currentEpoch();
            Epochs epochs = new Epochs(accepted.orElse(ofHistory), current.orElse(ofHistory));
            epochs.check(ofHistory);
            if (accepted.isEmpty()) {
                files.writeAcceptedEpoch(epochs.accepted);
            }
            if (current.isEmpty()) {
                files.writeCurrentEpoch(epochs.current);
            }
            return epochs;
        } catch (LogException e) {
            throw new StartException(ExitCode.OTHER, "The epochs of this member cannot be used: " + e.getMessage(), e);
        }
    }

    private void check(long ofHistory) throws StartException {
        if (accepted < current) {
            throw new StartException(
                    ExitCode.OTHER,
                    "The accepted epoch %d is older than the current epoch %d: one of the two files was lost or replaced. "
                                    .formatted(accepted, current)
                            + "Restore the data of this server, or start it on an empty directory while the others serve.");
        }
        if (accepted < ofHistory) {
            throw new StartException(
                    ExitCode.OTHER,
                    "The accepted epoch %d is older than epoch %d of the last transaction: the file was lost or replaced. "
                                    .formatted(accepted, ofHistory)
                            + "Restore the data of this server, or start it on an empty directory while the others serve.");
        }
        if (current < ofHistory) {
            // A crash came between taking over a leader's history and storing its epoch. ZooKeeper refuses to start
            // then. It is safe to go on: this server has not acknowledged that history, so nobody counted on it, and it
            // votes with the older epoch, behind everybody who has acknowledged.
            LOG.warn(
                    "the last transaction is of epoch {}, and the current epoch {}: a crash came between the two",
                    ofHistory,
                    current);
        }
    }
}
