package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.LeaseStore;
import dev.pagecache.store.LeaseStore.Claim;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one node render a page while the others wait for what it stores. Each node sends its leader here, so that a node
 * asks once however many requests wait on it.
 *
 * <p>T1 a node takes the lease, and looks once more: the node before it may have stored between the look-up and this.
 * T2 others find it taken, and wait for the message that it has ended, or a moment, and look. T3 the page is there, or
 * the lease is free for the next one, or it turned out that there is no page to wait for; or the time of one is over,
 * who takes the lease from a holder that hangs, has died or was not heard, and renders: so that costs the wait once.
 *
 * <p>Safe for use by many threads.
 */
final class ClusterFlight {
    private final LeaseStore leases;
    private final long waitNanos;
    private final LongSupplier nanoTime;

    /** None where there are no leases, or nobody waits. */
    static @Nullable ClusterFlight of(@Nullable LeaseStore leases, @Nullable Duration wait, LongSupplier nanoTime) {
        return leases == null || wait == null ? null : new ClusterFlight(leases, wait, nanoTime);
    }

    ClusterFlight(LeaseStore leases, Duration wait, LongSupplier nanoTime) {
        this.leases = leases;
        this.waitNanos = wait.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Boards for all nodes.
     *
     * @param flight the flight of this node, which gives the lease back when it lands
     * @param key the key that is rendered
     * @param lookAgain gives a page that another node has stored meanwhile and that answers the request, or null
     * @return that page, or null if the caller renders
     */
    @Nullable
    Found await(SingleFlight.Flight flight, CacheKey key, Supplier<@Nullable Found> lookAgain) {
        long deadline = nanoTime.getAsLong() + waitNanos;
        while (true) {
            Claim claim = leases.claim(key);
            if (claim == Claim.FREE) {
                return null;
            }
            if (claim == Claim.GRANTED) {
                hold(flight, key);
            }
            Found found = lookAgain.get();
            if (found != null || claim == Claim.GRANTED) {
                return found;
            }
            long leftNanos = deadline - nanoTime.getAsLong();
            if (leftNanos <= 0) {
                if (leases.takeOver(key) == Claim.GRANTED) {
                    hold(flight, key);
                }
                return null;
            }
            if (!leases.awaitEnd(key, Duration.ofNanos(leftNanos))) {
                return null;
            }
        }
    }

    /**
     * Boards for all nodes if none renders the key: nobody waits, where all have a page meanwhile.
     *
     * @param flight the flight of this node, which gives the lease back when it lands
     * @param key the key that is rendered
     * @return false if another node renders it
     */
    boolean tryBoard(SingleFlight.Flight flight, CacheKey key) {
        Claim claim = leases.claim(key);
        if (claim == Claim.GRANTED) {
            hold(flight, key);
        }
        return claim != Claim.TAKEN;
    }

    private void hold(SingleFlight.Flight flight, CacheKey key) {
        flight.holding(landing -> giveBack(key, landing));
    }

    private void giveBack(CacheKey key, Landing landing) {
        if (landing instanceof Landing.Released) {
            leases.endWithoutPage(key);
        } else {
            leases.endStored(key);
        }
    }
}
