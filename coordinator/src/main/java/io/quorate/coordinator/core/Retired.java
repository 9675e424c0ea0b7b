package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.wire.proto.ConnectRequest;
import io.quorate.wire.txn.TxnHeader;

/**
 * Serves nobody: there is no quorum, or this server does not have its history yet. Clients of the role before may still be
 * connected ({@link KeptClients}).
 */
final class Retired extends Role {

    private static final String NOBODY = "nobody is served";

    Retired(Core core) {
        super(core);
    }

    @Override
    ServerMode mode() {
        return ServerMode.NOT_SERVING;
    }

    @Override
    boolean takes(ConnectRequest request) {
        return false;
    }

    @Override
    void create(Client client, ConnectRequest request, int timeoutMillis) {
        throw new AssertionError(NOBODY);
    }

    @Override
    void resume(Client client, ConnectRequest request, int timeoutMillis) {
        throw new AssertionError(NOBODY);
    }

    @Override
    void attached(Client client) {
        throw new AssertionError(NOBODY);
    }

    @Override
    boolean touch(Client client) {
        throw new AssertionError(NOBODY);
    }

    @Override
    void write(Task task) {
        throw new AssertionError(NOBODY);
    }

    @Override
    void sync(Task task) {
        throw new AssertionError(NOBODY);
    }

    @Override
    Task waitingFor(TxnHeader header) {
        return core.kept().waitingFor(header);
    }

    @Override
    boolean isMoved(Outcome outcome) {
        return saysMoved(outcome);
    }

    @Override
    int outstanding() {
        return 0;
    }

    @Override
    boolean isFull() {
        return false;
    }

    @Override
    long tick() {
        return Long.MAX_VALUE;
    }
}
