package io.quorate.coordinator.admin;

import java.util.Set;

/**
 * Which commands the client port runs (client-protocol 14.1).
 *
 * @param names of the setting {@code 4lw.commands.whitelist}, of which {@code *} means all that change nothing for
 *     others
 * @param readOnlyMode true if the server may serve read-only, for then clients must be able to ask
 */
public record Whitelist(Set<String> names, boolean readOnlyMode) {

    private static final String ALL = "*";

    boolean allows(AdminCommand command) {
        return switch (command.name()) {
            case "srvr" -> true;
            case "isro" -> readOnlyMode || isNamed("isro");
            default -> command.mustBeNamed() ? names.contains(command.name()) : isNamed(command.name());
        };
    }

    private boolean isNamed(String name) {
        return names.contains(ALL) || names.contains(name);
    }
}
