package io.quorate.coordinator.core;

import io.quorate.coordinator.op.Outcome;
import io.quorate.coordinator.session.Session;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.txn.TxnHeader;

/** What follows from a transaction once it is applied: its client is answered, sessions begin and end. */
final class Commits implements Writes.Committed {

    private final Core core;

    Commits(Core core) {
        this.core = core;
    }

    @Override
    public Task waitingFor(TxnHeader header) {
        Task task = core.role().waitingFor(header);
        boolean isRequest = task != null && task.op != OpCode.CREATE_SESSION && !task.client.gone;
        if (isRequest) {
            core.order().approach(task);
        }
        return task;
    }

    @Override
    public void committed(Transaction transaction, Outcome outcome) {
        core.snapshotter().count(transaction.bytes());
        OpCode op = OpCode.of(transaction.header().type());
        Task task = transaction.task();
        if (op == OpCode.CREATE_SESSION) {
            onSessionCreated(transaction, task);
        } else if (op == OpCode.CLOSE_SESSION) {
            onSessionClosed(transaction, task, outcome);
        } else if (task != null && task.connect != null) {
            core.role().moved(task);
        } else if (task != null && !task.client.gone) {
            complete(task, transaction.header().zxid(), outcome);
        }
    }

    /** Whose session is on another server by now hears nothing but the end of the connection (semantics 7.4). */
    private void complete(Task task, long zxid, Outcome outcome) {
        if (core.role().isMoved(outcome)) {
            core.end(task.client);
        } else {
            core.order().complete(task, zxid, outcome);
        }
    }

    private void onSessionCreated(Transaction transaction, Task task) {
        Session session = core.sessions().get(transaction.header().clientId());
        if (task == null || task.client.gone) {
            core.role().created(session);
        } else {
            core.order().count(task, transaction.header().zxid());
            core.attach(task, session);
        }
    }

    private void onSessionClosed(Transaction transaction, Task task, Outcome outcome) {
        long session = transaction.header().clientId();
        Client client = core.keeper().end(session);
        core.role().closed(session);
        if (task != null && !task.client.gone) {
            core.order().answer(task, transaction.header().zxid(), outcome);
        }
        if (client != null) {
            core.end(client);
        }
    }
}
