package dev.pagecache.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock and a wall clock that only a test moves. Safe for use by many threads. */
public final class FakeClock implements InstantSource {
    /** The time of day at which each fake clock starts. */
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** Close to the overflow: a monotonic clock may start anywhere. */
    private static final long FIRST_NANOS = Long.MAX_VALUE - 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(FIRST_NANOS);
    private final AtomicLong wallMillis = new AtomicLong(START.toEpochMilli());

    /** Time passes on both clocks. */
    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        wallMillis.addAndGet(duration.toMillis());
    }

    /** Somebody sets the wall clock; the monotonic one goes its way. */
    public void jumpWall(Duration duration) {
        wallMillis.addAndGet(duration.toMillis());
    }

    public long nanos() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(wallMillis.get());
    }
}
