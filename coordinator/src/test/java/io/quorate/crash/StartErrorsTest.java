package io.quorate.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quorate.harness.RawSession;
import io.quorate.harness.Reply;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.ExistsRequest;
import io.quorate.wire.proto.OpCode;
import io.quorate.wire.proto.SetDataRequest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Starts that must fail: each with one message that names the fix, the right exit code, and without touching anything. */
final class StartErrorsTest {

    private static final int NOBODY = 65534;
    private static final int OTHER = 1;
    private static final int CONFIG = 2;
    private static final int DATA_DIR = 3;
    private static final Map<String, String> SMALL = Map.of("snapCount", "200", "quorate.log.segmentMb", "1");
    private static final String SMALL_REQUESTS = "-Djute.maxbuffer=32768";

    private Path folder;
    private Path data;

    @BeforeEach
    void emptyFolder(TestInfo test) throws IOException {
        folder = Server.emptyFolder(
                "StartErrorsTest-" + test.getTestMethod().orElseThrow().getName());
        data = folder.resolve("data");
    }

    private Path config(Map<String, String> settings) throws IOException {
        return ServerProcess.writeConfig(folder, ServerProcess.freePort(), settings);
    }

    /** Starts on the folder, which must fail like this and leave everything below {@code folder} as it is. */
    private Launch refused(Path config, int code, List<String> before, String... words)
            throws IOException, InterruptedException {
        Listing listing = Listing.of(folder);
        Launch launch = fails(config, code, before, words);
        assertThat(Listing.of(folder)).isEqualTo(listing);
        return launch;
    }

    private static Launch fails(Path config, int code, List<String> before, String... words)
            throws IOException, InterruptedException {
        Launch launch = Launch.run(config, before, SMALL_REQUESTS);
        assertThat(launch.code()).as(launch.err() + launch.out()).isEqualTo(code);
        assertThat(launch.err()).startsWith("quorate: ").contains(words);
        assertThat(launch.err() + launch.out()).doesNotContain("\tat ", "Exception");
        return launch;
    }

    @Test
    void allReasonsOfABadConfigurationAreNamedAtOnce() throws Exception {
        Path config = config(Map.of("tickTime", "soon", "maxClientCnxns", "-5", "noSuchKey", "1"));

        Launch launch = refused(config, CONFIG, List.of(), "tickTime", "maxClientCnxns", config.toString());

        assertThat(launch.err().lines()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void aPortInUseLeavesNoTrace() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path config = ServerProcess.writeConfig(folder, taken.getLocalPort(), Map.of());

            refused(config, OTHER, List.of(), "Cannot listen on", "" + taken.getLocalPort(), "clientPort");
        }
    }

    @Test
    void aFileInThePlaceOfTheDirectoryIsNamed() throws Exception {
        Files.writeString(data, "not a directory");

        refused(config(Map.of()), DATA_DIR, List.of(), data.toString(), "is not a folder");
    }

    /** Root may do everything, so the server runs as a root that lost this privilege. */
    @Test
    void aDirectoryWithoutPermissionIsNamed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is missing");
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can make a directory of another user");
        Files.createDirectories(data);
        Files.setAttribute(data, "unix:uid", NOBODY);
        List<String> unprivileged = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

        for (String mode : List.of("rwxr-xr-x", "rwx------")) {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(mode));
            refused(config(Map.of()), DATA_DIR, unprivileged, data.toString());
        }
    }

    @Test
    void aZooKeeperDirectoryIsNamedAndSoIsTheImport() throws Exception {
        Files.createDirectories(data.resolve("version-2"));
        Files.write(data.resolve("version-2/log.1"), new byte[] {'Z', 'K', 'L', 'G'});

        refused(config(Map.of()), DATA_DIR, List.of(), data.toString(), "ZooKeeper", "quorate import");
    }

    @Test
    void aDirectoryOfSomethingElseIsNamed() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("thesis.txt"), "do not touch");

        refused(config(Map.of()), DATA_DIR, List.of(), data.toString(), "thesis.txt", "empty directory");
    }

    @Test
    void aSecondServerOnTheSameDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
        try (ServerProcess first = ServerProcess.quorate(folder, ServerProcess.freePort(), Map.of())) {
            try (RawSession session = RawSession.open(first.address(), 30_000)) {
                Path other = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-second"));
                Path config =
                        ServerProcess.writeConfig(other, ServerProcess.freePort(), Map.of("dataDir", data.toString()));

                Launch launch = Launch.run(config, List.of());

                assertThat(launch.code()).as(launch.err()).isEqualTo(DATA_DIR);
                assertThat(launch.err())
                        .contains(data.toString(), "in use by another server", "" + first.pid())
                        .doesNotContain("\tat ");
                assertThat(create(session, "/still-there").err()).isZero();
            }
        }
    }

    @Test
    void aDamagedNewestSnapshotIsBridgedByTheLog() throws Exception {
        write(1_000, "snapshot.");
        Path newest = newest("quorate-1", "snapshot\\..*(?<!tmp)");
        overwrite(newest, Files.size(newest) / 2);

        try (ServerProcess server = ServerProcess.quorate(folder, ServerProcess.freePort(), SMALL, SMALL_REQUESTS)) {
            assertThat(server.output())
                    .contains("skipping snapshot", newest.getFileName().toString());
            assertThat(server.output()).doesNotContain("digest differs");
            try (RawSession session = RawSession.open(server.address(), 30_000)) {
                for (int i = 0; i < 1_000; i++) {
                    assertThat(session.call(OpCode.EXISTS, new ExistsRequest("/n" + i, false))
                                    .err())
                            .as("/n%d", i)
                            .isZero();
                }
            }
        }
    }

    @Test
    void aLogDamagedInTheMiddleIsNotGuessedAt() throws Exception {
        write(300, "");
        try (Stream<Path> snapshots = Files.list(data.resolve("quorate-1"))) {
            for (Path snapshot : snapshots.filter(StartErrorsTest::isSnapshot).toList()) {
                Files.delete(snapshot);
            }
        }
        Path log = newest("quorate-1/log", "\\d+\\.cq4");
        String content = Files.readString(log, StandardCharsets.ISO_8859_1);
        overwrite(log, content.indexOf("/n150"));

        Listing listing = Listing.of(log.getParent());
        Launch launch = fails(config(SMALL), OTHER, List.of(), data.toString(), "damaged", log.toString(), "backup");
        assertThat(Listing.of(log.getParent())).isEqualTo(listing);
        assertThat(launch.err()).contains("Restore it from a backup");
        assertThat(Files.readString(log, StandardCharsets.ISO_8859_1)).contains("/n149", "/n151", "/n299");
    }

    private static boolean isSnapshot(Path file) {
        return file.getFileName().toString().startsWith("snapshot.");
    }

    /** Creates /n0, /n1, … with a kilobyte each, waits for a file whose name begins like this, and kills the server. */
    private void write(int nodes, String awaited) throws IOException {
        try (ServerProcess server = ServerProcess.quorate(folder, ServerProcess.freePort(), SMALL, SMALL_REQUESTS)) {
            try (RawSession session = RawSession.open(server.address(), 30_000)) {
                for (int i = 0; i < nodes; i++) {
                    assertThat(create(session, "/n" + i).err()).isZero();
                }
                if (!awaited.isEmpty()) {
                    org.awaitility.Awaitility.await()
                            .atMost(java.time.Duration.ofSeconds(60))
                            .until(() -> countSnapshots() >= 2);
                }
                assertThat(session.call(OpCode.SET_DATA, new SetDataRequest("/n0", new byte[1], -1))
                                .err())
                        .isZero();
            }
            server.kill();
        }
    }

    private long countSnapshots() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("quorate-1"))) {
            return files.filter(StartErrorsTest::isSnapshot)
                    .filter(file -> !file.toString().endsWith(".tmp"))
                    .count();
        }
    }

    private static Reply create(RawSession session, String path) throws IOException {
        byte[] kilobyte = new byte[1024];
        java.util.Arrays.fill(kilobyte, (byte) 7);
        return session.call(OpCode.CREATE, new CreateRequest(path, kilobyte, Acl.OPEN_UNSAFE, 0));
    }

    private Path newest(String below, String name) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve(below))) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .filter(file -> !file.toString().endsWith(".tmp")
                            && !file.toString().contains("prepared"))
                    .max(Comparator.comparing(StartErrorsTest::order))
                    .orElseThrow();
        }
    }

    /** Longer hexadecimal numbers are larger. */
    private static String order(Path file) {
        String name = file.getFileName().toString();
        return String.format("%04d", name.length()) + name;
    }

    private static void overwrite(Path path, long position) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(position);
            file.write(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        }
    }
}
