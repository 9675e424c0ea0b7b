package io.quorate.sim.plant;

import io.quorate.coordinator.core.ClientOut;
import io.quorate.coordinator.core.ConnectionFacts;
import io.quorate.wire.proto.ConnectResponse;
import io.quorate.wire.proto.Response;
import io.quorate.wire.proto.WatchedEvent;

/** A client's connection that passes everything on; a defect changes what it wants to. */
class PassingClient implements ClientOut {

    private final ClientOut honest;

    PassingClient(ClientOut honest) {
        this.honest = honest;
    }

    @Override
    public void connected(ConnectResponse response) {
        honest.connected(response);
    }

    @Override
    public void reply(int xid, long zxid, int err, Response body) {
        honest.reply(xid, zxid, err, body);
    }

    @Override
    public void event(long zxid, WatchedEvent event) {
        honest.event(zxid, event);
    }

    @Override
    public void close() {
        honest.close();
    }

    @Override
    public ConnectionFacts facts() {
        return honest.facts();
    }
}
