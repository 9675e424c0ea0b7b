package io.quorate.coordinator.cli.link;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.groups.read.GroupReadException;
import io.quorate.registry.store.PipelinedReads.ReadRefusedException;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.proto.ErrorCode;

/** Says in an operator's words why a request failed, and what to do next. */
final class Failures {

    private Failures() {}

    static AdminException of(CoordinatorException e, Link link) {
        return withDone(of(e.error(), e.path(), e, link), link);
    }

    /** The same for one node of many that were read at once. */
    static AdminException of(ReadRefusedException e, Link link) {
        return withDone(of(e.error(), e.path(), e, link), link);
    }

    /** The same for one node of a group. */
    static AdminException of(GroupReadException e, Link link) {
        return withDone(of(e.error(), e.path(), e, link), link);
    }

    private static AdminException withDone(AdminException last, Link link) {
        return link.done().isEmpty()
                ? last
                : new AdminException(last.exit(), last.getMessage() + "; before that " + link.done(), last.getCause());
    }

    private static AdminException of(ErrorCode error, String pathOrNull, RuntimeException e, Link link) {
        String path = pathOrNull == null ? "" : " " + pathOrNull;
        return switch (error) {
            case NO_NODE -> new AdminException(
                    AdminExit.NOT_FOUND, "there is no node" + path + noNode(pathOrNull, link), e);
            case NODE_EXISTS -> new AdminException(
                    AdminExit.CONFLICT,
                    "the node" + path + " exists already; to change its data: quorate tree set" + path + " DATA",
                    e);
            case BAD_VERSION -> new AdminException(
                    AdminExit.CONFLICT,
                    "the node" + path + " has another version, so somebody changed it; look again: quorate tree stat"
                            + path,
                    e);
            case NOT_EMPTY -> new AdminException(
                    AdminExit.CONFLICT,
                    "the node" + path + " has children; to delete them, too: quorate tree delete -R" + path,
                    e);
            case NO_AUTH -> new AdminException(
                    AdminExit.FAILED,
                    "the node" + path + " does not allow this; present an identity that it names with --auth"
                            + " digest:USER:PASSWORD",
                    e);
            case INVALID_ACL -> new AdminException(
                    AdminExit.FAILED,
                    "the access list for" + path + " is none that the server takes; 'auth' and secure need --auth"
                            + " digest:USER:PASSWORD",
                    e);
            case AUTH_FAILED -> new AdminException(
                    AdminExit.FAILED, "the server refused the credentials of --auth; check scheme and secret", e);
            case NO_CHILDREN_FOR_EPHEMERALS -> new AdminException(
                    AdminExit.CONFLICT, "the parent of" + path + " is ephemeral and can have no children", e);
            case CONNECTION_LOSS, OPERATION_TIMEOUT, SESSION_EXPIRED -> new AdminException(
                    AdminExit.CONNECTION, lost(error, e, link), e);
            case QUOTA_EXCEEDED -> new AdminException(
                    AdminExit.FAILED, "a quota above" + path + " is used up; see 'listquota' in quorate shell", e);
            case UNIMPLEMENTED -> new AdminException(
                    AdminExit.FAILED, "this server cannot do that" + (path.isEmpty() ? "" : ", for" + path), e);
            case BAD_ARGUMENTS -> new AdminException(AdminExit.FAILED, e.getMessage(), e);
            default -> new AdminException(AdminExit.FAILED, "the server refused: " + e.getMessage(), e);
        };
    }

    private static String noNode(String pathOrNull, Link link) {
        if ("/".equals(pathOrNull) || isChrootMissing(link)) {
            return ", because the chroot " + link.chroot() + " does not exist; leave it out of --server to create it";
        }
        return "; see what there is with: quorate tree ls /";
    }

    private static boolean isChrootMissing(Link link) {
        try {
            return !link.chroot().isEmpty() && !link.sync().exists("/").exists();
        } catch (CoordinatorException e) {
            return false; // nobody knows; what failed first is told
        }
    }

    private static String lost(ErrorCode error, RuntimeException e, Link link) {
        String what = "the connection to " + link.connectString() + " gave no answer in time (" + error + ")";
        return what
                + (e instanceof CoordinatorException failure && failure.mayHaveBeenExecuted()
                        ? "; whether the request was carried out is not known: look before you repeat it"
                        : "; the request was not carried out; try again, or with a longer --timeout");
    }
}
