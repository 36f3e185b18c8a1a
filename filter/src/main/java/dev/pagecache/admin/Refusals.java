package dev.pagecache.admin;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells an operator of requests without the right token, in one line per time at most, however many there are.
 *
 * <p>Safe for use by many threads.
 */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger("dev.pagecache.admin");
    private static final long SILENT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong silentUntil;

    Refusals(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.silentUntil = new AtomicLong(nanoTime.getAsLong());
    }

    /** A request was refused; returns whether that was logged. */
    boolean add(String address) {
        untold.incrementAndGet();
        long now = nanoTime.getAsLong();
        long until = silentUntil.get();
        if (now - until < 0 || !silentUntil.compareAndSet(until, now + SILENT_NANOS)) {
            return false;
        }
        LOG.warn(
                "Refused {} requests without the right token since the last such line, the latest from {}",
                untold.getAndSet(0),
                address);
        return true;
    }
}
