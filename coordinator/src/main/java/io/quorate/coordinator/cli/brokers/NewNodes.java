package io.quorate.coordinator.cli.brokers;

import io.quorate.registry.store.AclPolicy;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.WriteOp;
import picocli.CommandLine.Option;

/** Who may do what with the nodes that a command creates. */
final class NewNodes {

    @Option(
            names = "--acl",
            paramLabel = "POLICY",
            defaultValue = "open",
            description = {
                "secure: only who creates them may change them, all may read, as brokers with zookeeper.set.acl do;",
                "needs --auth with the identity of the brokers. open: all may do all. Default: open."
            })
    private AclPolicy policy;

    /** Creates a node that stays. */
    WriteOp create(String path, byte[] bodyOrNull) {
        return WriteOp.create(path, bodyOrNull, policy.forNode(path), CreateMode.PERSISTENT);
    }

    /** The policy that was chosen. */
    AclPolicy policy() {
        return policy;
    }
}
