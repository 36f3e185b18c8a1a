package dev.pagecache.engine;

import dev.pagecache.engine.Landing.Released;
import dev.pagecache.entry.CacheKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one request per key render while the others wait for what it stores. The leader's failure is nobody else's: all
 * waiters are released at once.
 *
 * <p>Safe for use by many threads.
 */
final class SingleFlight {
    /** So long a leader may be busy with his client before he has to render. */
    private static final long BUSY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final long waitNanos;
    private final LongSupplier nanoTime;

    SingleFlight(Duration wait, LongSupplier nanoTime) {
        this.waitNanos = wait.toNanos();
        this.nanoTime = nanoTime;
    }

    /** The flight of a key, begun by this call if there was none. */
    Boarding board(CacheKey key) {
        return board(key, key);
    }

    /** The same, where a failure is remembered under another key than the flight's. */
    Boarding board(CacheKey key, CacheKey marked) {
        return board(key, marked, false);
    }

    /**
     * The same; a leader who is still busy with his client loses the flight.
     *
     * @param isReady whether the caller renders at once, so that he comes before each who does not
     */
    Boarding board(CacheKey key, CacheKey marked, boolean isReady) {
        Flight own = new Flight(key, marked);
        while (true) {
            Flight earlier = flights.putIfAbsent(key, own);
            if (earlier == null) {
                return new Boarding(own, true);
            }
            Flight led = earlier.led();
            if (!led.isLost(isReady)) {
                return new Boarding(earlier, false);
            }
            led.land(Landing.Revoked.INSTANCE);
        }
    }

    /** Whether a key is being rendered now, or soon. */
    boolean isInAir(CacheKey key) {
        Flight flight = flights.get(key);
        return flight != null && !flight.led().isLost(false);
    }

    /** Number of keys being rendered now. */
    int size() {
        return flights.size();
    }

    /**
     * A place on a flight.
     *
     * @param flight the flight
     * @param isLeader whether the caller has to land it
     */
    record Boarding(Flight flight, boolean isLeader) {}

    private enum Phase {
        RENDERING,
        /** The leader answers his client first. */
        BUSY,
        /** He took too long. */
        LOST
    }

    /** One render that others may wait for. */
    final class Flight {
        private final CacheKey key;
        private final CacheKey marked;
        private final CompletableFuture<Landing> landing = new CompletableFuture<>();
        private final AtomicReference<@Nullable Consumer<Landing>> lease = new AtomicReference<>();
        private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.RENDERING);
        private long busyNanos;
        private @Nullable Flight companion;
        private volatile @Nullable Flight principal;

        private Flight(CacheKey key, CacheKey marked) {
            this.key = key;
            this.marked = marked;
        }

        /** The key of the page. */
        CacheKey pageKey() {
            return key;
        }

        /** The key under which a failure is remembered. */
        CacheKey key() {
            return marked;
        }

        /** Lets another flight land whenever this one does; called by its leader before anything else. */
        Flight landingWith(Flight other) {
            companion = other;
            other.principal = this;
            return this;
        }

        boolean hasCompanion() {
            return companion != null;
        }

        /** The flight that its leader leads, with which this one lands. */
        private Flight led() {
            Flight other = principal;
            return other == null ? this : other;
        }

        /**
         * The leader answers his client before he renders. A client may read as slowly as it likes: after a second, or
         * before that when somebody else is ready to render, another may lead.
         */
        void postpone() {
            busyNanos = nanoTime.getAsLong();
            phase.set(Phase.BUSY);
        }

        /** Whether the leader who postponed may render; false if another has taken the flight. */
        boolean begin() {
            return phase.compareAndSet(Phase.BUSY, Phase.RENDERING) || phase.get() == Phase.RENDERING;
        }

        private boolean isLost(boolean isWanted) {
            if (phase.get() == Phase.BUSY && (isWanted || nanoTime.getAsLong() - busyNanos >= BUSY_NANOS)) {
                phase.compareAndSet(Phase.BUSY, Phase.LOST);
            }
            return phase.get() == Phase.LOST;
        }

        /** What is to be given back when the flight lands; called by its leader, before it lands. */
        void holding(Consumer<Landing> held) {
            lease.set(held);
        }

        /** Ends the flight; a second call has no effect. */
        void land(Landing result) {
            flights.remove(key, this);
            landing.complete(result);
            Consumer<Landing> held = lease.getAndSet(null);
            if (held != null) {
                held.accept(result);
            }
            if (companion != null) {
                companion.land(result);
            }
        }

        /** Waits for the landing, but no longer than is set; an interrupted wait ends at once and keeps the flag. */
        Landing await() {
            try {
                return landing.get(waitNanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Released.INSTANCE;
            } catch (TimeoutException e) {
                return Released.INSTANCE;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a landing never fails", e);
            }
        }
    }
}
