package io.quorate.coordinator.net;

import io.quorate.coordinator.core.ClientOut;
import io.quorate.coordinator.core.ConnectionFacts;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jctools.queues.SpscUnboundedArrayQueue;

/**
 * The ring from a core on its own thread to one event loop: orders are carried out there in the order given, and the loop is
 * woken once for each batch. The core's thread orders, the loop's thread carries out.
 */
final class LoopOrders {

    private static final int SEGMENT = 4096;

    private final SpscUnboundedArrayQueue<Runnable> orders = new SpscUnboundedArrayQueue<>(SEGMENT);
    private final Executor loop;
    private final ClientQueue queue;
    private final Consumer<Throwable> fatal;
    private final Runnable carryOut = this::carryOut;
    private boolean waiting;

    LoopOrders(Executor loop, ClientQueue queue, Consumer<Throwable> fatal) {
        this.fatal = fatal;
        this.loop = loop;
        this.queue = queue;
    }

    /** The same orders, given on the core's thread and carried out by {@code writer} on the loop's. */
    ClientOut to(ClientOut writer) {
        return new Ordered(writer);
    }

    /** Ends a batch of the core: wakes the loop if it has been given anything. */
    void flush() {
        if (waiting) {
            waiting = false;
            loop.execute(carryOut);
        }
    }

    private void add(Runnable order) {
        waiting = true;
        orders.offer(order);
    }

    private void carryOut() {
        try {
            for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                order.run();
            }
            queue.flush();
        } catch (RuntimeException | Error e) {
            fatal.accept(e);
        }
    }

    private final class Ordered implements ClientOut {

        private final ClientOut writer;

        Ordered(ClientOut writer) {
            this.writer = writer;
        }

        @Override
        public void connected(ConnectResponse response) {
            add(() -> writer.connected(response));
        }

        @Override
        public void reply(int xid, long zxid, int err, Response body) {
            add(() -> writer.reply(xid, zxid, err, body));
        }

        @Override
        public void event(long zxid, WatchedEvent event) {
            add(() -> writer.event(zxid, event));
        }

        @Override
        public void close() {
            add(writer::close);
        }

        @Override
        public ConnectionFacts facts() {
            return writer.facts();
        }
    }
}
