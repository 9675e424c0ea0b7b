package io.quorate.coordinator;

import io.quorate.coordinator.config.Ensemble;
import io.quorate.coordinator.config.ExitCode;
import io.quorate.coordinator.config.ServerConfig;
import io.quorate.coordinator.config.StartException;
import io.quorate.coordinator.core.EnsembleParts;
import io.quorate.coordinator.core.Event;
import io.quorate.coordinator.core.Inlet;
import io.quorate.coordinator.net.EventLoops;
import io.quorate.coordinator.net.peer.ElectionTransport;
import io.quorate.coordinator.net.peer.QuorumPort;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ports through which a member of an ensemble speaks with the others. */
final class PeerPorts implements Inlet, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeerPorts.class);

    private final Ensemble ensemble;
    private final ElectionTransport election;
    private final QuorumPort quorum;
    private Inlet core;

    PeerPorts(ServerConfig config, Ensemble ensemble, EventLoops loops, Consumer<Throwable> fatal) {
        this.ensemble = ensemble;
        this.election = new ElectionTransport(Assembled.peers(config, ensemble), loops, this, fatal);
        this.quorum = new QuorumPort(Assembled.peers(config, ensemble), loops, this, fatal);
    }

    /** What a core needs that is a member. */
    EnsembleParts parts(ServerConfig config, Storage storage) {
        return new EnsembleParts(
                Assembled.zab(config, ensemble),
                storage.logQueue(),
                election,
                quorum,
                event -> LOG.info("{}", event),
                storage.state(),
                ensemble.readOnly(),
                Assembled.keepClientsMillis(config, ensemble));
    }

    /**
     * Takes hold of the ports; others may connect, and wait until they are listened to.
     *
     * @param inlet where events go
     */
    void open(Inlet inlet) throws StartException {
        core = inlet;
        open("election port", ExitCode.ELECTION_PORT, election::open);
        open("quorum port", ExitCode.OTHER, quorum::open);
    }

    /** Opens a port. */
    private interface Opening {
        void open() throws Exception;
    }

    private void open(String port, ExitCode code, Opening opening) throws StartException {
        try {
            opening.open();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException(ExitCode.OTHER, "interrupted while starting", e);
        } catch (Exception e) {
            throw new StartException(
                    code,
                    "Cannot listen on the " + port + " of " + ensemble.own().addresses() + " (" + e.getMessage()
                            + "); end what uses that port, or correct the line server." + ensemble.sid() + ".",
                    e);
        }
    }

    /** Begins to listen to others. The core has begun. */
    void accept() {
        election.accept();
        quorum.accept();
        LOG.info(
                "Server {} of an ensemble of {}, for elections on {}, for the quorum on {}",
                ensemble.sid(),
                ensemble.text().replace("\n", ", "),
                election.addresses(),
                quorum.addresses());
    }

    /** Ends a batch of the core. */
    void flush() {
        quorum.flush();
    }

    /** Lets links go on that waited for room. */
    void resume() {
        quorum.resume();
    }

    @Override
    public boolean offer(Event event) {
        return core.offer(event);
    }

    @Override
    public void close() {
        election.close();
        quorum.close();
    }
}
