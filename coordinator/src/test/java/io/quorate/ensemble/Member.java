package io.quorate.ensemble;

import io.quorate.harness.Folders;
import io.quorate.harness.RawSession;
import io.quorate.harness.ServerKind;
import io.quorate.harness.ServerProcess;
import io.quorate.wire.proto.Acl;
import io.quorate.wire.proto.CreateRequest;
import io.quorate.wire.proto.ErrorCode;
import io.quorate.wire.proto.OpCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One seat of an ensemble and the process that sits there now, if one does. Ports and data stay over restarts. Not
 * thread-safe.
 */
public final class Member {

    private static final int SESSION_MILLIS = 30_000;
    private static final Pattern MODE = Pattern.compile("(?m)^Mode: (\\w+)");

    private final Seat seat;
    private final Path folder;
    private final Path data;
    private final Map<String, String> settings;
    private final List<String> jvm;
    private ServerKind kind;
    private ServerProcess process;
    private boolean suspended;

    /** A member without a process. {@code settings} and {@code jvm} may change later; a process starts with what they are then. */
    Member(Seat seat, ServerKind kind, Path folder, Path data, Map<String, String> settings, List<String> jvm) {
        this.seat = seat;
        this.kind = kind;
        this.folder = folder;
        this.data = data;
        this.settings = settings;
        this.jvm = jvm;
    }

    /** Its number in the ensemble. */
    public int sid() {
        return seat.sid();
    }

    ServerKind kind() {
        return kind;
    }

    /** The next process here will be of this kind. */
    void become(ServerKind other) {
        kind = other;
    }

    /** Where clients find it. */
    public InetSocketAddress address() {
        return seat.clientAddress();
    }

    /** Where learners find it while it leads. */
    InetSocketAddress quorumAddress() {
        return new InetSocketAddress(seat.host(), seat.quorumPort());
    }

    /** The process that was started last. */
    public ServerProcess process() {
        return process;
    }

    /** Starts a process and does not wait for it. */
    public void launch() {
        try {
            Files.writeString(Files.createDirectories(data).resolve("myid"), sid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> own = new HashMap<>(settings);
        own.put("dataDir", data.toString());
        process = ServerProcess.launch(kind, folder, address(), own, seat.before(), jvm.toArray(new String[0]));
        suspended = false;
    }

    /** Starts a process and returns when it serves: a majority must be there. */
    public void start() {
        launch();
        process.awaitServing();
    }

    /** True while there is a process, even if it stands still. */
    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    boolean isSuspended() {
        return suspended;
    }

    /** kill -9, and waits for the end. */
    public void kill() {
        process.kill();
        suspended = false;
    }

    /** SIGTERM, and waits for the end. */
    void end() {
        int ignored = process.stop();
        suspended = false;
    }

    /** Asks it to let another member lead, if it can do such a thing; returns what it answers. */
    String handOver() {
        return process.fourLetterWord("hand");
    }

    /** SIGSTOP. */
    void suspend() {
        process.suspend();
        suspended = true;
    }

    /** SIGCONT. */
    void resume() {
        process.resume();
        suspended = false;
    }

    /** Kills the process, if there is one, and deletes the data: the next one starts with nothing. */
    void wipe() {
        close();
        Folders.deleteAll(data);
    }

    /** {@code leader}, {@code follower}, {@code observer}, or empty while it does not serve. */
    public String mode() {
        return isRunning() && !suspended ? find(MODE, process.fourLetterWord("srvr"), "") : "";
    }

    /** Creates an empty node through it; tries again when it loses its leader meanwhile. */
    void create(String path) {
        CreateRequest create = new CreateRequest(path, new byte[0], Acl.OPEN_UNSAFE, 0);
        EnsembleProcesses.await(path + " by " + this)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    try (RawSession session = RawSession.open(address(), SESSION_MILLIS)) {
                        int err = session.call(OpCode.CREATE, create).err();
                        session.end();
                        return err == 0 || err == ErrorCode.NODE_EXISTS.code();
                    }
                });
    }

    /** One number of {@code mntr}; waits until the member serves and tells it. */
    double metric(String name) {
        Pattern line = Pattern.compile("(?m)^" + Pattern.quote(name) + "\t(.*)$");
        String number = EnsembleProcesses.await(name + " of " + this)
                .until(() -> find(line, process.fourLetterWord("mntr"), ""), found -> !found.isEmpty());
        return Double.parseDouble(number);
    }

    /** How often it found another digest of its tree than the transaction told, since it was started. */
    double digestMismatches() {
        return metric("zk_digest_mismatches_count");
    }

    private static String find(Pattern pattern, String text, String otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    void close() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public String toString() {
        return kind + " " + sid();
    }
}
