package io.quorate.sim;

import io.quorate.coordinator.zab.Link;
import io.quorate.coordinator.zab.LinkOut;
import java.util.ArrayList;
import java.util.List;

/** The quorum port of one process: the links it opened and accepted. */
final class SimLinks implements LinkOut {

    private static final int TRIES = 5;
    private static final long RETRY_MICROS = 100 * Scheduler.MILLI;
    private static final long CONNECT_TIMEOUT_MICROS = Scheduler.SECOND;

    private final SimProcess process;
    private final List<SimLink> links = new ArrayList<>();

    SimLinks(SimProcess process) {
        this.process = process;
    }

    @Override
    public Link connect(long sid) {
        SimLink link = open(sid, process.cluster().nextNumber());
        dial(link, 1);
        return link.face();
    }

    private SimLink open(long sid, long number) {
        links.removeIf(SimLink::isGone);
        SimLink link = new SimLink(process, sid, number);
        link.face(process.cluster().plant().link(process, link));
        links.add(link);
        return link;
    }

    private void dial(SimLink link, int attempt) {
        Net net = process.cluster().net();
        boolean reachable = net.connects(process.sid(), link.peer());
        SimServer peer = process.cluster().server(link.peer());
        boolean heard = reachable && peer.isMachineUp();
        long roundTrip = net.delayMicros(process.sid(), link.peer()) + net.delayMicros(link.peer(), process.sid());
        process.after(heard ? roundTrip : CONNECT_TIMEOUT_MICROS, () -> {
            if (link.isOver()) {
                return;
            }
            SimProcess accepting = peer.process();
            if (heard && accepting != null && net.connects(process.sid(), link.peer())) {
                accepting.links().accept(link);
            } else if (attempt < TRIES) {
                process.after(RETRY_MICROS, () -> dial(link, attempt + 1));
            } else {
                link.gone();
            }
        });
    }

    private void accept(SimLink from) {
        SimLink link = open(from.ownerSid(), from.number());
        SimLink.join(from, link);
        process.onAccepted(link);
    }

    /** The links that are up. */
    List<SimLink> open() {
        links.removeIf(SimLink::isGone);
        return links.stream().filter(SimLink::isJoined).toList();
    }

    void processEnds(boolean machineGoesOn) {
        links.forEach(link -> link.processEnds(machineGoesOn));
    }

    void onMachineUp() {
        links.forEach(SimLink::onMachineUp);
    }
}
