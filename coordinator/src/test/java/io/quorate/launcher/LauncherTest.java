package io.quorate.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a checkout of its own, with a Maven that only counts its calls and a server that prints what it got. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(120)
final class LauncherTest {

    /** Sources this old were there before any build. */
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path checkout;
    private Path launcher;
    private Path source;

    /** How a call of the launcher ended. */
    private record Outcome(long pid, int code, String out, String err) {
        /** What the server printed under this name. */
        String fact(String name) {
            return out.lines()
                    .filter(line -> line.startsWith(name + "="))
                    .map(line -> line.substring(name.length() + 1))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("the server did not run; " + err));
        }
    }

    @BeforeEach
    void makeACheckout() throws IOException {
        folder = folder.toRealPath();
        checkout = folder.resolve("the checkout");
        launcher = checkout.resolve("coordinator/bin/quorate");
        Files.createDirectories(launcher.getParent());
        Files.copy(
                Path.of(System.getProperty("quorate.root"), "coordinator/bin/quorate"),
                launcher,
                StandardCopyOption.COPY_ATTRIBUTES);
        source = checkout.resolve("wire/src/main/java/Some.java");
        for (String module : List.of("wire", "broker-registry", "consumer-groups", "coordinator")) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main/java"));
            Files.writeString(checkout.resolve(module).resolve("pom.xml"), "");
        }
        Files.writeString(source, "");
        Files.writeString(checkout.resolve("pom.xml"), "");
        writeJar(folder.resolve("echo.jar"));
        makeMaven(
                "echo call >>\"%1$s/maven.calls\"; sleep 0.3; mkdir -p coordinator/target/lib; cp \"%1$s/echo.jar\" coordinator/target/quorate.jar; echo noise");
        age();
    }

    private void makeMaven(String body) throws IOException {
        Path maven = folder.resolve("tools/mvn");
        Files.createDirectories(maven.getParent());
        makeScript(maven, "#!/usr/bin/env bash\n" + body.formatted(folder) + "\n");
        environment.put("PATH", maven.getParent() + ":" + System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
    }

    private static void makeScript(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void age() throws IOException {
        try (Stream<Path> files = Files.walk(checkout)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, LONG_AGO);
            }
        }
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        String entry = Echo.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = Echo.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
    }

    private Process start(Path where, Path command, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).directory(where.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_OPTS", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Outcome outcome(Process process) throws IOException, InterruptedException {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.pid(), process.exitValue(), out, err);
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        return outcome(start(folder, launcher, arguments));
    }

    private long builds() throws IOException {
        Path calls = folder.resolve("maven.calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    @Test
    void theFirstCallBuildsAndBecomesTheServer() throws IOException, InterruptedException {
        Outcome first = run("server", "a file", "*");

        assertThat(first.code()).isZero();
        assertThat(first.fact("pid")).isEqualTo(Long.toString(first.pid()));
        assertThat(first.fact("arguments")).isEqualTo("server|a file|*");
        assertThat(first.fact("jvm")).contains("-ea:io.quorate...", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseG1GC");
        assertThat(first.out()).startsWith("pid=");
        assertThat(first.err()).contains("quorate: building", "noise", "quorate: built.");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void nothingIsBuiltWhenNothingChanged() throws IOException, InterruptedException {
        run("version");

        Outcome second = run("version");

        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aChangedAndARemovedSourceAreBuilt() throws IOException, InterruptedException {
        run("version");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run("version");
        assertThat(builds()).isEqualTo(2);

        age();
        Files.setLastModifiedTime(
                checkout.resolve("coordinator/target/quorate.stamp"),
                FileTime.from(Instant.parse("2021-01-01T00:00:00Z")));
        Files.delete(source);
        run("version");
        assertThat(builds()).isEqualTo(3);
    }

    @Test
    void aBuildThatFailedIsRepeated() throws IOException, InterruptedException {
        run("version");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        makeMaven("echo wrong source; exit 1");

        Outcome failed = run("version");
        Outcome again = run("version");

        assertThat(List.of(failed.code(), again.code())).containsExactly(1, 1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err()).contains("wrong source", "quorate: the build failed");
        assertThat(again.err()).contains("quorate: the build failed");
    }

    @Test
    void twoFirstCallsBuildOnce() throws IOException, InterruptedException {
        Process one = start(folder, launcher, "one");
        Process two = start(folder, launcher, "two");

        assertThat(outcome(one).fact("arguments")).isEqualTo("one");
        assertThat(outcome(two).fact("arguments")).isEqualTo("two");
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aBuildLeavesTheJarOfARunningServerAlone() throws IOException, InterruptedException {
        run("version");
        Path jar = checkout.resolve("coordinator/target/quorate.jar");
        Object before = Files.getAttribute(jar, "unix:ino");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        run("version");

        assertThat(Files.getAttribute(jar, "unix:ino")).isNotEqualTo(before);
    }

    @Test
    void optionsForTheJvmArriveAndWin() throws IOException, InterruptedException {
        environment.put("JAVA_OPTS", "-Dsome.property=*  -XX:+UseParallelGC\n-Xmx64m -XX:-ExitOnOutOfMemoryError");
        environment.put("JAVA_TOOL_OPTIONS", "-Dother.property=1");

        Outcome outcome = run("server");

        assertThat(outcome.fact("property")).isEqualTo("*");
        assertThat(outcome.fact("jvm"))
                .contains("-Xmx64m", "-Dother.property=1")
                .doesNotContain("UseG1GC")
                .matches(".*-XX:\\+ExitOnOutOfMemoryError.*-XX:-ExitOnOutOfMemoryError.*");
    }

    @Test
    void adminCommandsLogToStandardError() throws IOException, InterruptedException {
        assertThat(run("tree", "ls").fact("jvm"))
                .contains("-Dquorate.log.target=System.err", "-Dquorate.log.level=warn", "UseSerialGC");
        assertThat(run("server").fact("jvm")).doesNotContain("quorate.log");
    }

    @Test
    void itWorksThroughSymbolicLinksAndStaysInTheFolderOfTheUser() throws IOException, InterruptedException {
        Path other = Files.createDirectories(folder.resolve("other place"));
        Files.createSymbolicLink(other.resolve("second"), launcher);
        Path first = Files.createSymbolicLink(other.resolve("first"), Path.of("second"));

        Outcome outcome = outcome(start(other, first, "server", "relative.cfg"));

        assertThat(outcome.fact("folder")).isEqualTo(other.toString());
        assertThat(outcome.fact("arguments")).isEqualTo("server|relative.cfg");
    }

    @Test
    void withoutMavenWhatIsBuiltRuns() throws IOException, InterruptedException {
        run("version");
        withoutMaven();
        assertThat(run("version").err()).isEmpty();

        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        Outcome outdated = run("version");
        assertThat(outdated.code()).isZero();
        assertThat(outdated.err())
                .isEqualTo(
                        "quorate: warning: running the last build although the sources changed, because there is no mvn on the"
                                + " PATH: install Maven 3.8 or newer\n");
    }

    @Test
    void withoutMavenAndWithoutABuildItSaysSo() throws IOException, InterruptedException {
        withoutMaven();

        Outcome outcome = run("version");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .isEqualTo("quorate: not built yet, and there is no mvn on the PATH: install Maven 3.8 or newer\n");
    }

    /** A PATH with only the few commands that the launcher needs. */
    private void withoutMaven() throws IOException {
        Path few = Files.createDirectories(folder.resolve("few"));
        for (String name : List.of(
                "env", "bash", "dirname", "readlink", "find", "mkdir", "flock", "touch", "mv", "cp", "rm", "grep")) {
            Path tool = Stream.of("/usr/bin", "/bin")
                    .map(bin -> Path.of(bin, name))
                    .filter(Files::exists)
                    .findFirst()
                    .orElseThrow();
            makeScript(few.resolve(name), "#!/bin/sh\nexec " + tool + " \"$@\"\n");
        }
        environment.put("PATH", few.toString());
    }

    @Test
    void aMissingOrOldJavaIsNamed() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", folder.resolve("nowhere").toString());
        assertThat(run("version").err())
                .isEqualTo("quorate: JAVA_HOME is " + folder.resolve("nowhere")
                        + ", but there is no bin/java in it: correct it or unset it\n");

        Path old = folder.resolve("old/bin/java");
        Files.createDirectories(old.getParent());
        makeScript(old, "#!/bin/sh\nexit 9\n");
        Files.writeString(folder.resolve("old/release"), "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"11.0.2\"\n");
        environment.put("JAVA_HOME", folder.resolve("old").toString());
        assertThat(run("version").err())
                .isEqualTo("quorate: " + old + " is Java 11; 17 or newer is needed: set JAVA_HOME to one\n");

        environment.put("JAVA_HOME", "");
        withoutMaven();
        Outcome none = run("version");
        assertThat(none.err())
                .isEqualTo("quorate: there is no java on the PATH: install a JDK 17 or newer, or set JAVA_HOME\n");
        assertThat(none.code()).isEqualTo(1);
    }
}
