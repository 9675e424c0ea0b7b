package io.quorate.coordinator.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who belongs to an ensemble, by the {@code server}, {@code group} and {@code weight} lines (configuration, section 3).
 *
 * @param servers in the order of their numbers
 * @param groups the group of each member that has one
 * @param weights the weight of each member that was given one
 * @param hierarchical whether any group or weight line is present
 */
record Membership(List<ServerLine> servers, Map<Long, Long> groups, Map<Long, Long> weights, boolean hierarchical) {

    /** Whether the key is one of the lines that say who is a member. */
    static boolean isMemberKey(String name) {
        return Stream.of("server.", "group.", "weight.").anyMatch(name::startsWith);
    }

    /** Reads the lines among {@code entries}, and reports every malformed one. */
    static Membership parse(Map<String, String> entries, boolean multiAddress, Findings findings) {
        Map<Long, ServerLine> servers = new TreeMap<>();
        Map<Long, Long> groups = new HashMap<>();
        Map<Long, Long> weights = new HashMap<>();
        boolean hierarchical = false;
        for (Map.Entry<String, String> entry : new TreeMap<>(entries).entrySet()) {
            try {
                if (entry.getKey().startsWith("server.")) {
                    ServerLine line = ServerLine.parse(entry.getKey(), entry.getValue());
                    servers.put(line.sid(), checked(line, multiAddress));
                } else if (entry.getKey().startsWith("group.")) {
                    hierarchical = true;
                    addGroup(entry.getKey(), entry.getValue(), groups);
                } else if (entry.getKey().startsWith("weight.")) {
                    hierarchical = true;
                    addWeight(entry.getKey(), entry.getValue(), weights);
                }
            } catch (IllegalArgumentException e) {
                findings.error("%s=%s: %s".formatted(entry.getKey(), entry.getValue(), e.getMessage()));
            }
        }
        Membership membership =
                new Membership(List.copyOf(servers.values()), Map.copyOf(groups), Map.copyOf(weights), hierarchical);
        membership.checkGroups(findings);
        return membership;
    }

    private static ServerLine checked(ServerLine line, boolean multiAddress) {
        if (line.addresses().size() > 1 && !multiAddress) {
            throw new IllegalArgumentException("several addresses need multiAddress.enabled=true");
        }
        return line;
    }

    private static void addGroup(String key, String value, Map<Long, Long> groups) {
        long group = number(key.substring(key.indexOf('.') + 1));
        for (String sid : value.split(":", -1)) {
            if (groups.putIfAbsent(number(sid.trim()), group) != null) {
                throw new IllegalArgumentException("server " + sid.trim() + " is in multiple groups");
            }
        }
    }

    private static void addWeight(String key, String value, Map<Long, Long> weights) {
        long weight = number(value);
        if (weight < 0) {
            throw new IllegalArgumentException("a weight is not negative");
        }
        weights.put(number(key.substring(key.indexOf('.') + 1)), weight);
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
    }

    private void checkGroups(Findings findings) {
        if (!hierarchical) {
            return;
        }
        for (ServerLine voter : voters()) {
            if (!groups.containsKey(voter.sid())) {
                findings.error("server.%d is not in a group; add it to one, or remove all group and weight lines"
                        .formatted(voter.sid()));
            }
        }
    }

    /** The members whose votes count. */
    List<ServerLine> voters() {
        return servers.stream()
                .filter(line -> line.role() == ServerLine.Role.PARTICIPANT)
                .toList();
    }

    /** Whether these lines ask for an ensemble rather than for one server on its own. */
    boolean isEnsemble(boolean standaloneEnabled) {
        return voters().size() > 1 || (!standaloneEnabled && !servers.isEmpty());
    }

    /** Reports sets of members that cannot work. */
    void check(boolean standaloneEnabled, Findings findings) {
        boolean observers = voters().size() < servers.size();
        if (observers && voters().isEmpty()) {
            findings.error("Observers without participants: at least one server line must be a participant");
        } else if (observers && voters().size() == 1 && standaloneEnabled) {
            findings.error("Observers without a quorum: set standaloneEnabled=false, or add participants");
        }
        if (voters().isEmpty() && !standaloneEnabled) {
            findings.error("standaloneEnabled=false needs at least one server line of a participant");
        }
    }

    /**
     * The lines as members tell them to each other (quorum protocol, section 4.4).
     *
     * @param version when the membership was agreed on; 0 if it was only configured
     */
    String text(long version) {
        StringBuilder text = new StringBuilder();
        servers.forEach(line -> text.append("server.")
                .append(line.sid())
                .append('=')
                .append(line)
                .append('\n'));
        if (hierarchical) {
            new TreeMap<>(membersOfGroups()).forEach((group, sids) -> text.append("group.")
                    .append(group)
                    .append('=')
                    .append(sids)
                    .append('\n'));
            Map<Long, Long> all = new TreeMap<>(weights);
            voters().forEach(line -> all.putIfAbsent(line.sid(), 1L));
            all.forEach((sid, weight) -> text.append("weight.")
                    .append(sid)
                    .append('=')
                    .append(weight)
                    .append('\n'));
        }
        return text.append("version=").append(Long.toHexString(version)).toString();
    }

    private Map<Long, String> membersOfGroups() {
        Map<Long, String> members = new HashMap<>();
        new TreeMap<>(groups).forEach((sid, group) -> members.merge(group, sid.toString(), (a, b) -> a + ":" + b));
        return members;
    }

    /** The numbers of all members. */
    List<Long> sids() {
        return new ArrayList<>(servers.stream().map(ServerLine::sid).toList());
    }
}
