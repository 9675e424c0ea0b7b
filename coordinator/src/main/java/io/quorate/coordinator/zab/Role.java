package io.quorate.coordinator.zab;

import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;

/**
 * What a member is at a time. {@link Zab} alone replaces one by another; a role says that it is over by {@link Zab#leave}. What
 * a role has no use for it ignores.
 */
interface Role {

    void begin();

    /** The role is over: closes its links. Nothing is called afterwards. */
    void end();

    /** Does what time asks for, and returns when to be called next. */
    long tick();

    /** A link that another member opened. */
    default void onAccepted(Link link) {
        link.close();
    }

    default void onPacket(Link link, QuorumPacket packet) {}

    default void onPart(Link link, SnapshotPart part) {}

    default void onPartsEnd(Link link) {}

    default void onLinkGone(Link link) {}

    default void onFlushed() {}

    default void onCut(long zxid) {}

    default void onAcceptedEpochStored(long epoch) {}

    default void onCurrentEpochStored(long epoch) {}

    default void onSnapshotStored(long zxid, boolean stored) {}

    default void onStreamed(Link link) {}
}
