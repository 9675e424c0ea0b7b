package io.quorate.coordinator.cli.link;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.wire.client.CoordinatorException;

/** Says in an operator's words why a request failed, and what to do next. */
final class Failures {

    private Failures() {}

    static AdminException of(CoordinatorException e, Link link) {
        String path = e.path() == null ? "" : " " + e.path();
        return switch (e.error()) {
            case NO_NODE -> new AdminException(AdminExit.NOT_FOUND, "there is no node" + path + noNode(e, link), e);
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
            case AUTH_FAILED -> new AdminException(
                    AdminExit.FAILED, "the server refused the credentials of --auth; check scheme and secret", e);
            case NO_CHILDREN_FOR_EPHEMERALS -> new AdminException(
                    AdminExit.CONFLICT, "the parent of" + path + " is ephemeral and can have no children", e);
            case CONNECTION_LOSS, OPERATION_TIMEOUT, SESSION_EXPIRED -> new AdminException(
                    AdminExit.CONNECTION, lost(e, link), e);
            case QUOTA_EXCEEDED -> new AdminException(
                    AdminExit.FAILED, "a quota above" + path + " is used up; see 'listquota' in quorate shell", e);
            case UNIMPLEMENTED -> new AdminException(
                    AdminExit.FAILED, "this server cannot do that" + (path.isEmpty() ? "" : ", for" + path), e);
            case BAD_ARGUMENTS -> new AdminException(AdminExit.FAILED, e.getMessage(), e);
            default -> new AdminException(AdminExit.FAILED, "the server refused: " + e.getMessage(), e);
        };
    }

    private static String noNode(CoordinatorException e, Link link) {
        if ("/".equals(e.path())) {
            return ", because the chroot " + link.chroot() + " does not exist; leave it out of --server to create it";
        }
        return "; see what there is with: quorate tree ls /";
    }

    private static String lost(CoordinatorException e, Link link) {
        String what = "the connection to " + link.connectString() + " gave no answer in time (" + e.error() + ")";
        return what
                + (e.mayHaveBeenExecuted()
                        ? "; whether the request was carried out is not known: look before you repeat it"
                        : "; nothing was changed; try again, or with a longer --timeout");
    }
}
