package io.quorate.coordinator.config;

import static io.quorate.coordinator.config.ConfigKey.CLIENT_PORT;
import static io.quorate.coordinator.config.ConfigKey.CLIENT_PORT_ADDRESS;
import static io.quorate.coordinator.config.ConfigKey.DATA_DIR;
import static io.quorate.coordinator.config.ConfigKey.DYNAMIC_CONFIG_FILE;
import static io.quorate.coordinator.config.ConfigKey.EXTENDED_TYPES;
import static io.quorate.coordinator.config.ConfigKey.INIT_LIMIT;
import static io.quorate.coordinator.config.ConfigKey.MULTI_ADDRESS;
import static io.quorate.coordinator.config.ConfigKey.PEER_TYPE;
import static io.quorate.coordinator.config.ConfigKey.QUORUM_SASL;
import static io.quorate.coordinator.config.ConfigKey.QUORUM_SSL;
import static io.quorate.coordinator.config.ConfigKey.STANDALONE_ENABLED;
import static io.quorate.coordinator.config.ConfigKey.SYNC_LIMIT;

import io.quorate.coordinator.config.ServerLine.ClientAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Checks who is a member of the ensemble, by the lines of the configuration file or of the file it names, and {@code myid}
 * (configuration, sections 3, 4 and 7).
 */
final class MemberChecks {

    private static final int EXTENDED_SID_MAX = 254;
    private static final int LAST_BYTE = 0xff;
    private static final int HEX = 16;

    private final Settings settings;
    private final Findings findings;
    private Joined joined;

    /** An ensemble, and the number of this server in it. */
    record Joined(long sid, Membership members, long version) {}

    MemberChecks(Settings settings, Findings findings) {
        this.settings = settings;
        this.findings = findings;
    }

    /** Checks the lines and returns where clients connect: as the file says it, or as the line of this server does. */
    Optional<ClientAddress> clientAddress(Map<String, String> entries) {
        Membership members = Membership.parse(memberLines(entries), settings.flag(MULTI_ADDRESS), findings);
        boolean standaloneEnabled = settings.flag(STANDALONE_ENABLED);
        members.check(standaloneEnabled, findings);
        Optional<Long> myId = myId();
        if (members.isEnsemble(standaloneEnabled)) {
            checkEnsemble(members, myId);
        } else if (!members.servers().isEmpty()) {
            findings.notice("the only server line is ignored: one member is a server on its own");
        }
        Optional<ServerLine> own = members.servers().stream()
                .filter(line -> members.servers().size() == 1 || myId.equals(Optional.of(line.sid())))
                .findFirst();
        boolean certain = own.isPresent() && myId.equals(Optional.of(own.get().sid()));
        return merged(own.flatMap(ServerLine::client), certain);
    }

    /** The ensemble that {@link #clientAddress} found; empty for a server on its own, and if anything is wrong with it. */
    Optional<Joined> joined() {
        return Optional.ofNullable(joined);
    }

    private Map<String, String> memberLines(Map<String, String> entries) {
        Map<String, String> inFile = entries.entrySet().stream()
                .filter(entry -> Membership.isMemberKey(entry.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Optional<Path> dynamic = settings.path(DYNAMIC_CONFIG_FILE);
        if (dynamic.isEmpty()) {
            return inFile;
        }
        new TreeMap<>(inFile)
                .keySet()
                .forEach(key -> findings.error(
                        key + " must not be in the configuration file when dynamicConfigFile is set; move it to "
                                + dynamic.get()));
        Map<String, String> lines = PropertyFile.read(dynamic.get(), findings).orElse(Map.of());
        new TreeMap<>(lines)
                .keySet().stream()
                        .filter(key -> !Membership.isMemberKey(key))
                        .forEach(key ->
                                findings.error("%s in %s: only server, group and weight lines may be there; remove it"
                                        .formatted(key, dynamic.get())));
        return lines;
    }

    private void checkEnsemble(Membership members, Optional<Long> myId) {
        if (!settings.isSet(INIT_LIMIT) || settings.number(INIT_LIMIT) == 0) {
            findings.error("initLimit is not set: an ensemble needs it, for example initLimit=10");
        }
        if (!settings.isSet(SYNC_LIMIT) || settings.number(SYNC_LIMIT) == 0) {
            findings.error("syncLimit is not set: an ensemble needs it, for example syncLimit=5");
        }
        Optional<Path> file = myIdFile();
        if (myId.isEmpty() && file.isPresent() && !Files.exists(file.get())) {
            findings.error("the file " + file.get() + " is missing: it must hold the number of this server");
        }
        if (myId.isPresent() && !members.sids().contains(myId.get())) {
            findings.error("my id %d is not in the list of servers: add a server.%d line or correct %s"
                    .formatted(myId.get(), myId.get(), file.orElseThrow()));
        }
        checkNumbers(members);
        checkSecurity();
        myId.filter(members.sids()::contains).ifPresent(sid -> {
            checkRole(members, sid);
            joined = new Joined(sid, members, version());
        });
    }

    /** Session numbers begin with the last byte of the number of the server that gave them. */
    private void checkNumbers(Membership members) {
        Map<Long, Long> byLastByte = new TreeMap<>();
        for (long sid : members.sids()) {
            if (sid < 0) {
                findings.error("server.%d: the number of a server is not negative".formatted(sid));
            }
            if (sid > EXTENDED_SID_MAX && settings.flag(EXTENDED_TYPES)) {
                findings.error("server.%d: with extendedTypesEnabled=true a number is at most %d"
                        .formatted(sid, EXTENDED_SID_MAX));
            }
            Long other = byLastByte.put(sid & LAST_BYTE, sid);
            if (other != null) {
                findings.error(
                        "server.%d and server.%d differ by a multiple of 256, and would give the same session numbers"
                                .formatted(other, sid));
            }
        }
    }

    /** Without it members would speak in the clear, or with anybody, while the operator believes the contrary. */
    private void checkSecurity() {
        if (settings.flag(QUORUM_SSL)) {
            findings.error("sslQuorum=true: TLS between members is not built yet; remove the line");
        }
        if (settings.flag(QUORUM_SASL)) {
            findings.error("quorum.auth.enableSasl=true: SASL between members is not built yet; remove the line");
        }
    }

    private void checkRole(Membership members, long sid) {
        boolean observer = members.servers().stream()
                .anyMatch(line -> line.sid() == sid && line.role() == ServerLine.Role.OBSERVER);
        boolean asked = settings.text(PEER_TYPE).equals("observer");
        if (observer != asked && settings.isGiven(PEER_TYPE)) {
            findings.notice("peerType=%s: the line server.%d says otherwise, and wins"
                    .formatted(settings.text(PEER_TYPE), sid));
        }
    }

    /** The membership of a file of its own was agreed on when the end of the file's name says. */
    private long version() {
        String name = settings.path(DYNAMIC_CONFIG_FILE).map(Path::toString).orElse("");
        int dot = name.lastIndexOf('.');
        try {
            return dot < 0 ? 0 : Long.parseLong(name.substring(dot + 1), HEX);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Optional<Path> myIdFile() {
        return settings.path(DATA_DIR).map(folder -> folder.resolve("myid"));
    }

    private Optional<Long> myId() {
        Optional<Path> file = myIdFile().filter(Files::isRegularFile);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(
                    Files.readString(file.get(), StandardCharsets.ISO_8859_1).strip()));
        } catch (NumberFormatException e) {
            findings.error(
                    "the file " + file.get() + " does not hold a number; write the number of this server into it");
        } catch (IOException e) {
            findings.error("the file " + file.get() + " cannot be read: " + e);
        }
        return Optional.empty();
    }

    /** The line wins over the file; if the line is certainly this server's, the two must agree. */
    private Optional<ClientAddress> merged(Optional<ClientAddress> line, boolean certain) {
        Optional<ClientAddress> file = fileAddress();
        if (line.isEmpty() || (file.isPresent() && !certain)) {
            return file;
        }
        if (file.isPresent() && !agree(file.get(), line.get())) {
            findings.error(
                    "the client address %s:%d of the server line contradicts clientPort and clientPortAddress; remove one"
                            .formatted(line.get().host(), line.get().port()));
        }
        return line;
    }

    private Optional<ClientAddress> fileAddress() {
        if (!settings.isSet(CLIENT_PORT) || settings.number(CLIENT_PORT) == 0) {
            return Optional.empty();
        }
        return Optional.of(new ClientAddress(settings.text(CLIENT_PORT_ADDRESS), settings.number(CLIENT_PORT)));
    }

    private static boolean agree(ClientAddress file, ClientAddress line) {
        return file.port() == line.port()
                && (file.host().isEmpty() || file.host().equals(line.host()));
    }
}
