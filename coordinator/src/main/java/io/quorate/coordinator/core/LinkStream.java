package io.quorate.coordinator.core;

import io.quorate.coordinator.zab.Link;
import io.quorate.wire.jute.JuteWriter;
import io.quorate.wire.quorum.SnapshotStream;
import java.util.function.Consumer;

/** The state on its way to one learner (quorum protocol, section 8.6), as fast as the link takes it. */
final class LinkStream implements StateWalk.Destination {

    /** What may wait in the link before the walk pauses. */
    static final long UNSENT_BYTES_MAX = 4 << 20;

    private final Link link;
    private final Consumer<Link> ended;

    LinkStream(Link link, Consumer<Link> ended) {
        this.link = link;
        this.ended = ended;
    }

    boolean isFor(Link wanted) {
        return link == wanted;
    }

    @Override
    public void writeHead(JuteWriter writer) {
        // The packet in front of it has said all.
    }

    @Override
    public void writeTail(JuteWriter writer) {
        writer.writeString(SnapshotStream.SIGNATURE);
    }

    @Override
    public void chunk(byte[] bytes, int length) {
        link.chunk(bytes, length);
    }

    @Override
    public boolean hasRoom() {
        return link.unsentBytes() < UNSENT_BYTES_MAX;
    }

    @Override
    public void end() {
        ended.accept(link);
    }
}
