package io.quorate.coordinator.net.peer;

import io.netty.channel.EventLoop;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.net.EventLoops;
import io.quorate.coordinator.zab.Link;
import io.quorate.coordinator.zab.LinkOut;
import io.quorate.wire.jute.JuteWriter;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Links with other members over the quorum port: accepts those of learners, and opens one to a leader (quorum protocol
 * specification, sections 6 and 7.1). The core's thread orders; links are spread over the event loops.
 */
public final class QuorumPort implements LinkOut, AutoCloseable {

    private static final int FIRST_BYTES = 64 * 1024;

    private final PeerSettings settings;
    private final EventLoops loops;
    private final Inlet inlet;
    private final Consumer<Throwable> fatal;
    private final Names names = new Names();
    private final PortListener listener;
    private final Set<PeerLink> links = ConcurrentHashMap.newKeySet();
    /** Links that wait for room, by the event loop whose thread alone touches them. */
    private final Map<EventLoop, Deque<LinkHandler>> stalled = new HashMap<>();

    private volatile boolean closed;

    // The core's thread.
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer(FIRST_BYTES);
    private final JuteWriter writer = new JuteWriter();
    private final List<PeerLink> dirty = new ArrayList<>();

    public QuorumPort(PeerSettings settings, EventLoops loops, Inlet inlet, Consumer<Throwable> fatal) {
        this.settings = settings;
        this.loops = loops;
        this.inlet = inlet;
        this.fatal = fatal;
        loops.all().forEach(loop -> stalled.put(loop, new ArrayDeque<>()));
        this.listener = new PortListener("quorum port", settings, settings.own().quorum());
    }

    /**
     * Takes hold of the port; others may connect, and wait until {@link #accept}. Blocks while the port is taken and there are attempts left.
     *
     * @throws Exception what the bind failed with
     */
    public void open() throws Exception {
        listener.open(loops, loops.group(), () -> new LinkHandler(this));
    }

    /** Begins to take connections. */
    public void accept() {
        listener.accept();
    }

    /** Where it listens. */
    public List<InetSocketAddress> addresses() {
        return listener.addresses();
    }

    @Override
    public Link connect(long sid) {
        EventLoop loop = loops.group().next();
        PeerLink link = new PeerLink(this, loop);
        links.add(link);
        PeerSettings.Member member = settings.members().get(sid);
        Dial dial = new Dial(this, link, loop, member == null ? List.of() : member.quorum());
        // Not from here: a link that fails at once must not be gone before its caller has it.
        loop.execute(dial::begin);
        return link;
    }

    /** Ends a batch of the core: what it ordered is sent. The core's thread. */
    public void flush() {
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }

    /** Lets links go on that waited for room in the core. Those that find none wait again. Any thread. */
    public void resume() {
        stalled.forEach((loop, handlers) -> {
            if (loop.inEventLoop()) {
                resume(handlers);
            } else {
                // Behind whatever is being refused there just now.
                loop.execute(() -> resume(handlers));
            }
        });
    }

    private static void resume(Deque<LinkHandler> handlers) {
        for (int i = handlers.size(); i > 0; i--) {
            handlers.poll().resume();
        }
    }

    /** Stops listening and closes every link. */
    @Override
    public void close() {
        closed = true;
        listener.close();
        links.forEach(PeerLink::abort);
        names.close();
    }

    JuteWriter packet() {
        return writer.wrap(scratch, 0);
    }

    byte[] bytes() {
        return scratch.byteArray();
    }

    void markDirty(PeerLink link) {
        dirty.add(link);
    }

    void stall(EventLoop loop, LinkHandler handler) {
        stalled.get(loop).add(handler);
    }

    void opened(PeerLink link) {
        links.add(link);
        if (closed) {
            link.abort();
        }
    }

    void gone(PeerLink link) {
        links.remove(link);
    }

    boolean offer(Event event) {
        return inlet.offer(event);
    }

    PeerSettings settings() {
        return settings;
    }

    EventLoops loops() {
        return loops;
    }

    Names names() {
        return names;
    }

    void fatal(Throwable cause) {
        fatal.accept(cause);
    }
}
