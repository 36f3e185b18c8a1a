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
import org.jspecify.annotations.Nullable;

/**
 * Lets one request per key render while the others wait for what it stores. The leader's failure is nobody else's: all
 * waiters are released at once.
 *
 * <p>Safe for use by many threads.
 */
final class SingleFlight {
    private final ConcurrentHashMap<CacheKey, Flight> flights = new ConcurrentHashMap<>();
    private final long waitNanos;

    SingleFlight(Duration wait) {
        this.waitNanos = wait.toNanos();
    }

    /** The flight of a key, begun by this call if there was none. */
    Boarding board(CacheKey key) {
        return board(key, key);
    }

    /** The same, where a failure is remembered under another key than the flight's. */
    Boarding board(CacheKey key, CacheKey marked) {
        Flight own = new Flight(key, marked);
        Flight earlier = flights.putIfAbsent(key, own);
        return earlier == null ? new Boarding(own, true) : new Boarding(earlier, false);
    }

    /** Whether a key is being rendered now. */
    boolean isInAir(CacheKey key) {
        return flights.containsKey(key);
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

    /** One render that others may wait for. */
    final class Flight {
        private final CacheKey key;
        private final CacheKey marked;
        private final CompletableFuture<Landing> landing = new CompletableFuture<>();
        private final AtomicReference<@Nullable Consumer<Landing>> lease = new AtomicReference<>();
        private @Nullable Flight companion;

        private Flight(CacheKey key, CacheKey marked) {
            this.key = key;
            this.marked = marked;
        }

        /** The key under which a failure is remembered. */
        CacheKey key() {
            return marked;
        }

        /** Lets another flight land whenever this one does; called by its leader before anything else. */
        Flight landingWith(Flight other) {
            companion = other;
            return this;
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
