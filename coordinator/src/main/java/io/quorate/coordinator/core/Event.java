package io.quorate.coordinator.core;

import io.quorate.coordinator.zab.Link;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.proto.Identity;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.Request;
import io.quorate.wire.quorum.Notification;
import io.quorate.wire.quorum.QuorumPacket;
import io.quorate.wire.quorum.SnapshotPart;
import java.util.List;
import java.util.function.Consumer;

/** Everything that can happen to the core. Immutable; made on any thread, delivered on the core's. */
public sealed interface Event {

    void deliver(Core core);

    /** What it is, for the record of the last events: a type, or an operation. Costs nothing. */
    default Object what() {
        return getClass();
    }

    /** Whom it concerns, for that record: a session, a member or a type of packet, 0 if none. On the core's thread. */
    default long subject() {
        return 0;
    }

    /** The number it bears, for that record: an xid, a zxid or an epoch, 0 if none. */
    default long detail() {
        return 0;
    }

    /** A connection was opened. */
    record ClientCame(Client client) implements Event {
        @Override
        public long subject() {
            return client.sessionId();
        }

        @Override
        public long detail() {
            return client.number;
        }

        @Override
        public void deliver(Core core) {
            core.onCame(client);
        }
    }

    /** A client asks for a session, or to resume one. */
    record ClientConnects(Client client, ConnectRequest request) implements Event {
        @Override
        public long subject() {
            return request.sessionId();
        }

        @Override
        public long detail() {
            return client.number;
        }

        @Override
        public void deliver(Core core) {
            core.onConnect(client, request);
        }
    }

    /**
     * A client sent a request.
     *
     * @param op null if the type is none that is known
     * @param request null if the record could not be read
     */
    record ClientRequests(Client client, int xid, OpCode op, Request request) implements Event {
        @Override
        public Object what() {
            return op == null ? "unknown operation" : op;
        }

        @Override
        public long subject() {
            return client.sessionId();
        }

        @Override
        public long detail() {
            return xid;
        }

        @Override
        public void deliver(Core core) {
            core.onRequest(client, xid, op, request);
        }
    }

    /** A client proved who it is; an empty list adds nothing. */
    record ClientProved(Client client, int xid, List<Identity> identities) implements Event {
        @Override
        public long subject() {
            return client.sessionId();
        }

        @Override
        public long detail() {
            return xid;
        }

        @Override
        public void deliver(Core core) {
            core.onAuthenticated(client, xid, identities);
        }
    }

    /** A client's proof was refused. */
    record ClientRefused(Client client, int xid) implements Event {
        @Override
        public long subject() {
            return client.sessionId();
        }

        @Override
        public long detail() {
            return xid;
        }

        @Override
        public void deliver(Core core) {
            core.onAuthenticationRefused(client, xid);
        }
    }

    /** A client begins a SASL exchange, which this server does not offer. */
    record ClientAsksSasl(Client client, int xid) implements Event {
        @Override
        public long subject() {
            return client.sessionId();
        }

        @Override
        public long detail() {
            return xid;
        }

        @Override
        public void deliver(Core core) {
            core.onSasl(client, xid);
        }
    }

    /** A connection is gone. */
    record ClientGone(Client client) implements Event {
        @Override
        public long subject() {
            return client.sessionId();
        }

        @Override
        public long detail() {
            return client.number;
        }

        @Override
        public void deliver(Core core) {
            core.onGone(client);
        }
    }

    /** Everything up to {@code zxid} is on disk. */
    record LogFlushed(long zxid) implements Event {
        @Override
        public long detail() {
            return zxid;
        }

        @Override
        public void deliver(Core core) {
            core.onLogFlushed(zxid);
        }
    }

    /** There is room for writes on the disk, or no longer. */
    record LogSpace(boolean available) implements Event {
        @Override
        public void deliver(Core core) {
            core.onLogSpace(available);
        }
    }

    /** The snapshot at {@code zxid} is safe on disk, in so many bytes, or was given up if {@code bytes} is −1. */
    record SnapshotDone(long zxid, long bytes) implements Event {
        @Override
        public long detail() {
            return zxid;
        }

        @Override
        public void deliver(Core core) {
            core.onSnapshotDone(zxid, bytes);
        }
    }

    /** The log was cut at {@code zxid}, or begun anew behind it: nothing else is in it any more. */
    record LogCut(long zxid) implements Event {
        @Override
        public long detail() {
            return zxid;
        }

        @Override
        public void deliver(Core core) {
            core.zab().onLogCut(zxid);
        }
    }

    /** The epoch that was promised is on disk. */
    record AcceptedEpochStored(long epoch) implements Event {
        @Override
        public long detail() {
            return epoch;
        }

        @Override
        public void deliver(Core core) {
            core.zab().onAcceptedEpochStored(epoch);
        }
    }

    /** The epoch whose history was taken over is on disk. */
    record CurrentEpochStored(long epoch) implements Event {
        @Override
        public long detail() {
            return epoch;
        }

        @Override
        public void deliver(Core core) {
            core.zab().onCurrentEpochStored(epoch);
        }
    }

    /** Another member says what it votes for. */
    record PeerNotified(long from, Notification notification) implements Event {
        @Override
        public long detail() {
            return notification.zxid();
        }

        @Override
        public long subject() {
            return from;
        }

        @Override
        public void deliver(Core core) {
            core.zab().onNotification(from, notification);
        }
    }

    /** Nobody listens on another member's election port. */
    record PeerAbsent(long member) implements Event {
        @Override
        public long subject() {
            return member;
        }

        @Override
        public void deliver(Core core) {
            core.zab().onAbsent(member);
        }
    }

    /** Another member opened a link to this one. */
    record LinkAccepted(Link link) implements Event {
        @Override
        public void deliver(Core core) {
            core.zab().onAccepted(link);
        }
    }

    /** A packet came on a link. */
    record LinkPacket(Link link, QuorumPacket packet) implements Event {
        @Override
        public long subject() {
            return packet.type();
        }

        @Override
        public long detail() {
            return packet.zxid();
        }

        @Override
        public void deliver(Core core) {
            core.zab().onPacket(link, packet);
        }
    }

    /** A part of a leader's state came on a link. */
    record LinkPart(Link link, SnapshotPart part) implements Event {
        @Override
        public void deliver(Core core) {
            core.zab().onPart(link, part);
        }
    }

    /** A leader's state came whole. */
    record LinkPartsEnd(Link link) implements Event {
        @Override
        public void deliver(Core core) {
            core.zab().onPartsEnd(link);
        }
    }

    /** A link is gone; comes once for each. */
    record LinkGone(Link link) implements Event {
        @Override
        public void deliver(Core core) {
            core.onLinkGone(link);
        }
    }

    /**
     * Somebody wants another member to lead.
     *
     * @param successor its number; 0 for whichever is best
     * @param told what came of it, once, on the core's thread
     */
    record HandOverWanted(long successor, Consumer<HandOverResult> told) implements Event {
        @Override
        public void deliver(Core core) {
            core.handOver(successor, told);
        }
    }

    /** Somebody wants to look at the server; runs on the core's thread and must be quick. */
    record Inspect(Consumer<ServerView> visitor) implements Event {
        @Override
        public void deliver(Core core) {
            visitor.accept(core.view());
        }
    }
}
