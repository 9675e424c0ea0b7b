package io.quorate.coordinator.cli.tree;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.coordinator.cli.answer.Answer;
import io.quorate.coordinator.cli.link.Access;
import io.quorate.coordinator.cli.link.Link;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.CreateMode;
import io.quorate.wire.client.Created;
import io.quorate.wire.proto.Acl;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quorate tree create}. Ephemeral nodes are left to the shell: here they would go with the command. */
@Command(
        name = "create",
        description = {
            "Create a node.",
            "",
            "Examples:",
            "  quorate tree create -p /a/b/c data",
            "  quorate tree create --sequential /jobs/job-",
            "  quorate tree create --acl world:anyone:r /notice \"read only\""
        },
        mixinStandardHelpOptions = true)
final class CreateCommand implements Callable<Integer> {

    @Mixin
    private Access access;

    @Mixin
    private DataSource source;

    @Parameters(index = "0", paramLabel = "PATH")
    private String path;

    @Parameters(index = "1", arity = "0..1", paramLabel = "DATA", description = "Default: none.")
    private String data;

    @Option(
            names = {"-p", "--parents"},
            description = "Create missing parents, empty.")
    private boolean parents;

    @Option(
            names = {"-s", "--sequential"},
            description = "Append ten digits that only grow.")
    private boolean sequential;

    @Option(
            names = {"-c", "--container"},
            description = "A container: goes some time after its last child.")
    private boolean container;

    @Option(
            names = {"-t", "--ttl"},
            paramLabel = "MS",
            description = "Goes when it was neither changed nor had children for so long.")
    private Long ttlMillis;

    @Option(names = "--acl", paramLabel = "LIST", description = "Who may do what. Default: world:anyone:cdrwa.")
    private String acl;

    @Override
    public Integer call() throws AdminException {
        if (container && (sequential || ttlMillis != null)) {
            throw new AdminException(AdminExit.FAILED, "a container can be neither sequential nor have a --ttl");
        }
        byte[] bytes = source.bytes(data);
        List<Acl> acls = acls();
        return access.run(link -> create(link, bytes, acls));
    }

    private List<Acl> acls() throws AdminException {
        try {
            return acl == null ? Acl.OPEN_UNSAFE : AclText.parse(acl);
        } catch (IllegalArgumentException e) {
            throw new AdminException(AdminExit.FAILED, "--acl: " + e.getMessage(), e);
        }
    }

    private Answer create(Link link, byte[] bytes, List<Acl> acls) throws AdminException {
        if (parents) {
            createParents(link);
        }
        try {
            Created created = createOne(link, bytes, acls);
            return new NodeState(created.path(), "Created " + created.path(), created.stat(), false);
        } catch (CoordinatorException.NoNode e) {
            String parent = path.substring(0, Math.max(0, path.lastIndexOf('/')));
            if (parent.isEmpty() || parents) {
                throw e;
            }
            throw new AdminException(
                    AdminExit.NOT_FOUND,
                    "there is no node " + parent + " for " + path + " to be below; to create it, too: quorate tree"
                            + " create -p " + path,
                    e);
        }
    }

    private Created createOne(Link link, byte[] bytes, List<Acl> acls) {
        CreateMode mode = mode();
        return mode.hasTtl()
                ? link.sync().createTtl(path, bytes, acls, mode, ttlMillis)
                : link.sync().create(path, bytes, acls, mode);
    }

    private CreateMode mode() {
        if (ttlMillis != null) {
            return sequential ? CreateMode.PERSISTENT_SEQUENTIAL_WITH_TTL : CreateMode.PERSISTENT_WITH_TTL;
        }
        if (container) {
            return CreateMode.CONTAINER;
        }
        return sequential ? CreateMode.PERSISTENT_SEQUENTIAL : CreateMode.PERSISTENT;
    }

    /** Looks before it creates: a failed create costs a transaction on every server. */
    private void createParents(Link link) {
        List<String> made = new ArrayList<>();
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            try {
                if (!link.sync().exists(parent).exists()) {
                    link.sync().create(parent, null, CreateMode.PERSISTENT);
                    made.add(parent);
                    link.hasDone("these parents were created: " + String.join(", ", made));
                }
            } catch (CoordinatorException.NodeExists e) {
                continue; // somebody else was faster, which is as good
            }
        }
    }
}
