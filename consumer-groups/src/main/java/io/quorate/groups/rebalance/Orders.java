package io.quorate.groups.rebalance;

import io.quorate.groups.assignor.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a {@link Rebalance} orders; carried out in the order given, and never from within a call back into it. Requests belong
 * to the session that is open; each is answered once, with its id, unless the session ends before.
 */
public interface Orders {
    /** Why a member is one no more. */
    enum End {
        /** It was asked to leave. */
        LEFT,
        /** Somebody newer uses its instance id. */
        FENCED_INSTANCE,
        /** The group is in a mode that this member does not know or does not want. */
        UNSUITABLE,
        /** A server does not accept its credentials. */
        REFUSED,
        /** It has not got its share in as many tries as it may make. */
        NO_SHARE,
        /** Its host has sent no heartbeat for too long. */
        NOT_ALIVE
    }

    /** What an operator should know of; counted. */
    enum Alarm {
        /** This leader has found an old consumer in a group that stays native (consumer-groups D6). */
        OLD_CONSUMER_REJECTED,
        /** Partitions have the same hash: old consumers may deal them out in another order (consumer-groups A6). */
        LEGACY_HASH_TIE,
        /** The assignor of this leader has failed or given what cannot be used; all keep what they had. */
        ASSIGNOR_UNUSABLE
    }

    /** Gives up the session, if there is one, and opens another. */
    void openSession();

    /** Ends the session for good. */
    void closeSession();

    /** Carries out all parts in one transaction, or none. */
    void multi(long id, List<TreeOp> ops);

    /** Reads all at one moment. */
    void read(long id, List<TreeRead> reads);

    /** Asks for the Stat of a node, and to be told once of its next creation, change or deletion. */
    void exists(long id, String path);

    /** Asks to be told of changes of a node, or of a node and all below it, until told otherwise. */
    void watch(long id, String path, boolean recursive);

    /** Takes back a {@link #watch}; what was on its way may still be told. */
    void unwatch(long id, String path, boolean recursive);

    /** The host may process these, from these offsets; empty where none was ever committed. */
    void assigned(Map<TopicPartition, OptionalLong> offsets);

    /** The host shall stop processing these and say, with this number, when it has. */
    void revoke(long revocation, Set<TopicPartition> partitions);

    /** The host has not stopped in time; these are given up now whatever it does. */
    void revokeOverdue(Set<TopicPartition> partitions);

    /** These are not the host's any more; nothing of them can be committed. */
    void lost(Set<TopicPartition> partitions);

    /**
     * Somebody else has moved the offset of a partition that the host processes; it shall go on from there, and say, with this
     * number, when it has heard.
     */
    void moved(long move, TopicPartition partition, long offset);

    /** An operator should know this; said once. */
    void complain(String what);

    /** A commit is done, or has failed for this reason; null for success. */
    void committed(long commit, String failure);

    /** Committed offsets that were asked for, empty where there are none; or why they could not be read, else null. */
    void offsets(long read, Map<TopicPartition, OptionalLong> offsets, String failure);

    /** Something is not as it should be, and has been found so once more. */
    void alarm(Alarm alarm);

    /** This member is none any more. */
    void ended(End end, String reason);
}
