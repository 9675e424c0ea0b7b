package io.quorate.coordinator.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import net.openhft.posix.PosixAPI;
import net.openhft.posix.internal.PosixAPIHolder;

/** Stands between Chronicle and the system's {@code msync}: sees which bytes of which file are synced, or makes it fail. */
final class MsyncProbe implements AutoCloseable {

    /** Told after each msync that succeeded. */
    @FunctionalInterface
    interface Observer {
        void synced(Path file, long fromByte, long toByte);
    }

    private final PosixAPI real;
    private final Observer observer;
    private final AtomicInteger failuresWanted = new AtomicInteger();

    MsyncProbe(Observer observer) {
        this.observer = observer;
        real = PosixAPI.posix();
        PosixAPIHolder.POSIX_API = (PosixAPI) Proxy.newProxyInstance(
                PosixAPI.class.getClassLoader(), new Class<?>[] {PosixAPI.class}, (proxy, method, arguments) -> {
                    boolean msync = method.getName().equals("msync");
                    if (msync && failuresWanted.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                        return -1;
                    }
                    try {
                        Object result = method.invoke(real, arguments);
                        if (msync && (Integer) result == 0) {
                            observe((Long) arguments[0], (Long) arguments[1]);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** The next msyncs report an error and do nothing. */
    void fail(int times) {
        failuresWanted.set(times);
    }

    private void observe(long address, long length) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/maps"))) {
                String[] fields = line.split("\\s+", 6);
                int dash = fields[0].indexOf('-');
                long start = Long.parseUnsignedLong(fields[0], 0, dash, 16);
                long end = Long.parseUnsignedLong(fields[0], dash + 1, fields[0].length(), 16);
                if (Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0) {
                    long from = Long.parseUnsignedLong(fields[2], 16) + address - start;
                    observer.synced(Path.of(fields[5].trim()), from, from + length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        PosixAPIHolder.POSIX_API = real;
    }
}
