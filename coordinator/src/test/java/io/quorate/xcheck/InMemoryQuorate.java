package io.quorate.xcheck;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.quorate.coordinator.auth.DigestScheme;
import io.quorate.coordinator.core.Core;
import io.quorate.coordinator.core.CoreSettings;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.SnapshotOut;
import io.quorate.coordinator.net.ClientAcceptor;
import io.quorate.coordinator.net.ClientQueue;
import io.quorate.coordinator.net.Commands;
import io.quorate.coordinator.net.NetSettings;
import io.quorate.coordinator.net.RequestDecoder;
import io.quorate.coordinator.op.OpSettings;
import io.quorate.coordinator.zab.LogOut;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/**
 * The core behind the real client port, in this process, with a log that forgets: what is compared is everything but
 * durability, and a debugger sees all of it. Everything runs on one event loop.
 */
final class InMemoryQuorate implements AutoCloseable {

    private static final int SRVR = 0x73727672;
    private static final int FRAME_BYTES_MAX = 1_048_575;
    private static final int ENTRY_BYTES_MAX = 8 << 20;
    private static final int TICK_MILLIS = 1_000;
    private static final int SESSION_MILLIS_MAX = 600_000;
    private static final long NEVER_MILLIS = 86_400_000;
    private static final long TIMER_MILLIS = 50;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final Queue<Event> inbox = new ArrayDeque<>();
    private final ClientQueue replies = new ClientQueue();
    private final ForgetfulLog log = new ForgetfulLog();
    private final Core core = new Core(settings(), log, new NoSnapshots());
    private final ClientAcceptor acceptor;
    private final InetSocketAddress address;
    private boolean stepping;
    private volatile Throwable failure;

    InMemoryQuorate() throws Exception {
        acceptor = new ClientAcceptor(
                net(),
                loop,
                this::offer,
                replies,
                new RequestDecoder(new DigestScheme("SHA1", Keeper.SUPER_DIGEST)),
                new Words(),
                cause -> failure = cause);
        setTime();
        core.recovery().finish();
        core.start();
        address = acceptor.open();
        Future<?> unused = loop.scheduleAtFixedRate(this::onTimer, TIMER_MILLIS, TIMER_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static CoreSettings settings() {
        return new CoreSettings(
                1,
                TICK_MILLIS,
                2 * TICK_MILLIS,
                SESSION_MILLIS_MAX,
                1_000,
                ENTRY_BYTES_MAX,
                true,
                true,
                new OpSettings(false, true, true, true),
                new CoreSettings.Containers(NEVER_MILLIS, 10_000, 0),
                new CoreSettings.Snapshots(0, 0, 0));
    }

    private static NetSettings net() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new NetSettings(anyPort, false, FRAME_BYTES_MAX, 0, 0, -1, false, 10_000, 64 << 20, -1, 100 << 20);
    }

    InetSocketAddress address() {
        return address;
    }

    /** What broke on the event loop, or null. */
    Throwable failure() {
        return failure;
    }

    private boolean offer(Event event) {
        inbox.add(event);
        if (!stepping) {
            stepping = true;
            loop.execute(this::step);
        }
        return true;
    }

    private void step() {
        stepping = false;
        setTime();
        deliver();
        replies.flush();
        replies.resume();
    }

    private void deliver() {
        try {
            Event event = inbox.poll();
            while (event != null) {
                event.deliver(core);
                event = inbox.poll();
            }
            if (log.lastZxid > log.flushedZxid) {
                log.flushedZxid = log.lastZxid;
                new Event.LogFlushed(log.flushedZxid).deliver(core);
            }
        } catch (RuntimeException | AssertionError e) {
            failure = e;
            e.printStackTrace();
        }
    }

    private void onTimer() {
        setTime();
        core.tick();
        step();
    }

    private void setTime() {
        core.at(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), System.currentTimeMillis());
    }

    @Override
    public void close() {
        acceptor.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Says that everything is on disk at the end of the step that ordered it. */
    private static final class ForgetfulLog implements LogOut {

        private long lastZxid;
        private long flushedZxid;

        @Override
        public boolean hasRoom(int entryBytes) {
            return true;
        }

        @Override
        public void append(long zxid, DirectBuffer src, int offset, int length) {
            lastZxid = zxid;
        }
    }

    private static final class NoSnapshots implements SnapshotOut {

        @Override
        public void begin(long zxid) {}

        @Override
        public void chunk(byte[] bytes, int length) {}

        @Override
        public void end(long zxid, int digestVersion, long digest) {}

        @Override
        public boolean hasRoom() {
            return true;
        }
    }

    /** The one word that a run asks for. */
    private final class Words implements Commands {

        @Override
        public int argumentBytes(int word) {
            return word == SRVR ? 0 : -1;
        }

        @Override
        public void run(int word, long argument, Consumer<String> answer) {
            offer(new Event.Inspect(view -> answer.accept("Zxid: 0x" + Long.toHexString(view.lastZxid()) + "\n")));
        }
    }
}
