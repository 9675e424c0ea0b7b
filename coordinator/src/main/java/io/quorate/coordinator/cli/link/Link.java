package io.quorate.coordinator.cli.link;

import io.quorate.coordinator.cli.answer.AdminException;
import io.quorate.coordinator.cli.answer.AdminExit;
import io.quorate.registry.store.PipelinedReads.ReadRefusedException;
import io.quorate.wire.client.ClientBuilder;
import io.quorate.wire.client.CoordinatorClient;
import io.quorate.wire.client.CoordinatorException;
import io.quorate.wire.client.SyncClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session with a server, for the time of one command. */
public final class Link implements AutoCloseable {

    private static final Duration SESSION_MAX = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofDays(1);
    private static final Duration DIAGNOSIS_MAX = Duration.ofSeconds(2);

    private final String connectString;
    private final CoordinatorClient client;
    private final Duration limit;
    private long atZxid;
    private String done = "";

    private Link(String connectString, CoordinatorClient client, Duration limit) {
        this.connectString = connectString;
        this.client = client;
        this.limit = limit;
    }

    /**
     * Returns when there is a session.
     *
     * @param limit for the connection, and for each answer
     * @param auth credentials, each {@code scheme:auth}
     * @throws AdminException if there is none in time, with what is wrong on each server
     */
    public static Link open(String connectString, Duration limit, List<String> auth) throws AdminException {
        ClientBuilder builder = builder(connectString).operationTimeout(limit).sessionTimeout(session(limit));
        for (String credentials : auth) {
            int colon = credentials.indexOf(':');
            if (colon <= 0) {
                throw new AdminException(
                        AdminExit.FAILED, "--auth " + credentials + " has no scheme: write digest:user:password");
            }
            builder.auth(
                    credentials.substring(0, colon),
                    credentials.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
        }
        return open(connectString, limit, builder);
    }

    /** Attempts to connect share two thirds of this among the servers: each of them gets its turn before the limit is over. */
    private static Duration session(Duration limit) {
        return limit.compareTo(SESSION_MAX) < 0 ? limit : SESSION_MAX;
    }

    /** The same with settings of the caller's, from {@link #builder}; {@code limit} is for the connection only. */
    public static Link open(String connectString, Duration limit, ClientBuilder builder) throws AdminException {
        Link link = new Link(connectString, builder.connect(), limit);
        try {
            link.awaitSession();
            return link;
        } catch (AdminException e) {
            link.client.abandon().join(); // there is no session that would have to be closed
            throw e;
        }
    }

    /** Begins the settings of a client of these servers. */
    public static ClientBuilder builder(String connectString) throws AdminException {
        try {
            return CoordinatorClient.builder(connectString);
        } catch (IllegalArgumentException e) {
            throw new AdminException(
                    AdminExit.FAILED,
                    "--server " + connectString + ": " + e.getMessage() + "; write host:port,host:port/chroot",
                    e);
        }
    }

    private void awaitSession() throws AdminException {
        try {
            client.whenConnected().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Duration each = limit.compareTo(DIAGNOSIS_MAX) < 0 ? limit : DIAGNOSIS_MAX;
            throw new AdminException(
                    AdminExit.CONNECTION,
                    "no session within " + limit.toMillis() + " ms:"
                            + Diagnosis.of(ServerAddress.ofConnectString(connectString), each)
                            + "\nStart a server with 'quorate server', or name another one with --server HOST:PORT.",
                    e);
        } catch (ExecutionException e) {
            throw new AdminException(
                    AdminExit.CONNECTION, "no session: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(AdminExit.CONNECTION, "interrupted while connecting", e);
        }
    }

    /** Lets the server catch up with its leader: what is read from now on is at {@link #atZxid} or after it. */
    void catchUp() {
        atZxid = client.sync().sync("/");
    }

    /** Waits for an answer of one of the libraries; throws what the client failed with, or that a node may not be read. */
    public <T> T await(CompletableFuture<T> answer) throws AdminException {
        return await(answer, limit);
    }

    /** The same for an answer that takes many requests: the limit is one for each of them, and the client sees to that. */
    public <T> T awaitAll(CompletableFuture<T> answer) throws AdminException {
        return await(answer, FOREVER);
    }

    private <T> T await(CompletableFuture<T> answer, Duration most) throws AdminException {
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AdminException(
                    AdminExit.CONNECTION,
                    "no complete answer within " + most.toMillis() + " ms; try again with a longer --timeout",
                    e);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException(AdminExit.CONNECTION, "interrupted while waiting for an answer", e);
        }
    }

    private static AdminException failure(ExecutionException e) {
        if (e.getCause() instanceof CoordinatorException failure) {
            throw failure;
        }
        if (e.getCause() instanceof ReadRefusedException refused) {
            throw refused;
        }
        return new AdminException(AdminExit.FAILED, "reading failed: " + e.getCause(), e);
    }

    /** Notes what a command of several steps has done so far, such as "3 nodes were deleted"; what fails later says so. */
    public void hasDone(String sentence) {
        done = sentence;
    }

    /** What was noted last; empty if nothing was changed yet. */
    String done() {
        return done;
    }

    /** What all values read are at or after. */
    public long atZxid() {
        return atZxid;
    }

    /** The client, with methods that wait. */
    public SyncClient sync() {
        return client.sync();
    }

    /** The client, with futures. */
    public CoordinatorClient client() {
        return client;
    }

    /** How long one answer may take. */
    public Duration limit() {
        return limit;
    }

    /** As it was given. */
    public String connectString() {
        return connectString;
    }

    /** The servers that a connect string names. */
    static List<ServerAddress> servers(String connectString) throws AdminException {
        ClientBuilder checked = builder(connectString);
        assert checked != null;
        return ServerAddress.ofConnectString(connectString);
    }

    /** Where on the servers the client's tree begins; empty for their root. */
    public String chroot() {
        int slash = connectString.indexOf('/');
        return slash < 0 || slash == connectString.length() - 1 ? "" : connectString.substring(slash);
    }

    @Override
    public void close() {
        client.close();
    }
}
