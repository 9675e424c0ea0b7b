package io.quorate.coordinator.log;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionHandler;
import net.openhft.chronicle.core.onoes.Slf4jExceptionHandler;
import net.openhft.posix.MSyncFlag;
import net.openhft.posix.PosixAPI;

/**
 * Everything Chronicle reads from process-wide settings, in one place: it is made quiet, and its errors are made visible.
 *
 * <p>Chronicle only <em>logs</em> a failed {@code msync} and goes on. So its error handler counts what it is told, by thread,
 * and whoever syncs compares the count before and after.
 */
final class ChronicleSettings {

    private static final ThreadLocal<long[]> ERRORS = ThreadLocal.withInitial(() -> new long[1]);

    private ChronicleSettings() {}

    /** To be called before any other Chronicle class is used. Calling it again changes nothing. */
    static void apply() {
        System.setProperty("chronicle.announcer.disable", "true");
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        System.setProperty("jvm.resource.tracing", "false");
        System.setProperty("disable.resource.warning", "true");
        System.setProperty("disable.discard.warning", "true");
        ExceptionHandler errors = (type, message, thrown) -> {
            ERRORS.get()[0]++;
            Slf4jExceptionHandler.ERROR.on(type, message, thrown);
        };
        Jvm.setExceptionHandlers(errors, Slf4jExceptionHandler.WARN, null, null);
        requireWorkingMsync();
    }

    /** Errors that Chronicle reported on the calling thread so far. */
    static long errors() {
        return ERRORS.get()[0];
    }

    /**
     * When its native library cannot be loaded Chronicle silently falls back to an {@code msync} that does nothing and
     * succeeds. A real one refuses an address that is not the start of a page.
     */
    private static void requireWorkingMsync() {
        int result;
        try {
            result = PosixAPI.posix().msync(1, 1, MSyncFlag.MS_SYNC);
        } catch (RuntimeException refused) {
            return;
        }
        if (result == 0) {
            throw new LogException("msync is not available: Chronicle's native library could not be loaded (is the "
                    + "temporary directory mounted noexec?)");
        }
    }
}
