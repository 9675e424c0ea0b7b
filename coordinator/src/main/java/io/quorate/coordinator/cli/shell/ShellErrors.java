package io.quorate.coordinator.cli.shell;

import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.proto.ErrorCode;

/** Says why a request failed, in the words of ZooKeeper's shell, because scripts look for them. Pure. */
final class ShellErrors {

    private ShellErrors() {}

    static String of(CoordinatorException e) {
        String path = e.path() == null ? "" : e.path();
        return switch (e.error()) {
            case NO_NODE -> "Node does not exist: " + path;
            case NODE_EXISTS -> "Node already exists: " + path;
            case NOT_EMPTY -> "Node not empty: " + path;
            case NO_CHILDREN_FOR_EPHEMERALS -> "Ephemerals cannot have children: " + path;
            case NOT_READ_ONLY -> "Not a read-only call: " + path;
            case INVALID_ACL -> "Acl is not valid : " + path;
            case NO_AUTH -> "Insufficient permission : " + path;
            case BAD_ARGUMENTS -> "Arguments are not valid : " + path;
            case BAD_VERSION -> "version No is not valid : " + path;
            case QUOTA_EXCEEDED -> "Quota has exceeded : " + path;
            case RECONFIG_IN_PROGRESS -> "Another reconfiguration is in progress -- concurrent reconfigs not supported"
                    + " (yet)";
            case NEW_CONFIG_NO_QUORUM -> "No quorum of new config is connected and up-to-date with the leader: start the"
                    + " new servers, wait until they have caught up, and try again";
            default -> "KeeperErrorCode = " + name(e.error()) + (path.isEmpty() ? "" : " for " + path);
        };
    }

    private static String name(ErrorCode error) {
        return switch (error) {
            case NO_WATCHER -> "No such watcher";
            case RECONFIG_DISABLED -> "Reconfig is disabled";
            default -> camelCase(error.name());
        };
    }

    /** {@code CONNECTION_LOSS} as {@code ConnectionLoss}. */
    static String camelCase(String constant) {
        StringBuilder text = new StringBuilder();
        for (String part : constant.split("_", -1)) {
            text.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return text.toString();
    }
}
