package io.quorate.coordinator.cli;

import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** A process that runs the command with a server which serves nobody until it is closed; then it says so. */
final class PatientServer implements RunningServer {

    private final CountDownLatch closed = new CountDownLatch(1);

    private PatientServer() {}

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        int code = Quorate.run(arguments, config -> new PatientServer(), out, out);
        Runtime.getRuntime().exit(code);
    }

    @Override
    public InetSocketAddress clientAddress() {
        return new InetSocketAddress(0);
    }

    @Override
    public void awaitEnd() {
        System.out.println("waiting");
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (closed.getCount() > 0) {
            closed.countDown();
            System.out.println("closed");
        }
    }
}
