package io.quorate.coordinator;

import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.ServerConfig.Choose;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.core.Recovery;
import io.quorate.coordinator.core.SnapshotOut;
import io.quorate.coordinator.log.ChronicleTxnLog;
import io.quorate.coordinator.log.LogAgent;
import io.quorate.coordinator.log.LogIdle;
import io.quorate.coordinator.log.LogListener;
import io.quorate.coordinator.log.LogQueue;
import io.quorate.coordinator.log.LogSettings;
import java.util.function.Consumer;
import org.agrona.concurrent.AgentRunner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of one server that touch the disk, wired together: data directory, log and snapshots. */
final class Storage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Storage.class);
    private static final int QUEUE_BYTES = 16 << 20;

    private final ChronicleTxnLog log;
    private final LogQueue queue;
    private final boolean inline;
    private LogAgent agent;
    private AgentRunner runner;

    private Storage(ServerConfig config) {
        LogSettings settings = LogSettings.defaults();
        log = ChronicleTxnLog.open(
                config.folders().dataLogDir().resolve("quorate-1").resolve("log"), settings);
        queue = new LogQueue(QUEUE_BYTES, Assembled.entryBytesMax(config));
        inline = config.log().inline() == Choose.TRUE;
    }

    static Storage open(ServerConfig config) throws StartException {
        return new Storage(config);
    }

    LogQueue logQueue() {
        return queue;
    }

    SnapshotOut snapshotOut() {
        return null;
    }

    void recover(Recovery recovery) {
        long last = log.replay(0, (zxid, buffer, offset, length) -> recovery.replay(buffer, offset, length));
        recovery.finish();
        LOG.info("recovered up to zxid 0x{}, {} znodes", Long.toHexString(last), recovery.nodeCount());
    }

    void start(Inlet inlet, Consumer<Throwable> fatal) {
        LogListener listener = new LogListener() {
            @Override
            public void onLogFlushed(long lastZxid) {
                inlet.offer(new Event.LogFlushed(lastZxid));
            }

            @Override
            public void onLogSpace(boolean available) {
                inlet.offer(new Event.LogSpace(available));
            }

            @Override
            public void onLogFailed(Throwable cause) {
                fatal.accept(cause);
            }
        };
        agent = new LogAgent(log, queue, listener, LogSettings.defaults().batchBytesMax());
        if (!inline) {
            runner = new AgentRunner(new LogIdle(queue), fatal::accept, null, agent);
            AgentRunner.startOnThread(runner);
        }
    }

    void workInline() {
        if (inline) {
            agent.doWork();
        }
    }

    @Override
    public void close() {
        if (runner != null) {
            runner.close();
        } else {
            log.close();
        }
    }
}
