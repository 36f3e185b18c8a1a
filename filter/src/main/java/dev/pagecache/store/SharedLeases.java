package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.LeaseStore.Claim;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Leases through a remote store. Where it is away, or its pages are not read now, nobody waits for anybody.
 *
 * <p>Safe for use by many threads.
 */
public final class SharedLeases implements LeaseStore {
    /** A message may be lost, or there is none, where the holder has died. */
    private static final Duration LONGEST_AWAIT = Duration.ofMillis(100);

    private static final Duration FREE = Duration.ofSeconds(1);

    private final RemoteLeases remote;
    private final TieredStore store;
    private final LeaseSignals signals;
    private final LeaseEnds ends;
    private final Duration timeToLive;
    private final LongSupplier nanoTime;
    private final String node;
    private final AtomicLong claims = new AtomicLong();

    /** Who this node is in each lease that it has. */
    private final ConcurrentHashMap<CacheKey, String> holders = new ConcurrentHashMap<>();

    /**
     * Leases for the pages of a store.
     *
     * @param remote where they are
     * @param store whose pages they are of
     * @param signals where ends of others' leases are heard
     * @param timeToLive after which a lease ends by itself, because its holder hangs or has died
     * @param nanoTime monotonic time in nanoseconds
     * @param random names the node
     */
    public SharedLeases(
            RemoteLeases remote,
            TieredStore store,
            LeaseSignals signals,
            Duration timeToLive,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.remote = remote;
        this.store = store;
        this.signals = signals;
        this.ends = new LeaseEnds(remote, store, nanoTime);
        this.timeToLive = timeToLive;
        this.nanoTime = nanoTime;
        this.node = HexFormat.of().toHexDigits(random.nextLong());
    }

    @Override
    public Claim claim(CacheKey key) {
        return claim(key, remote::claim);
    }

    @Override
    public Claim takeOver(CacheKey key) {
        return claim(key, remote::takeOver);
    }

    /** How a lease is asked for. */
    @FunctionalInterface
    private interface Asking {
        Claim claim(String name, String holder, Duration timeToLive);
    }

    private Claim claim(CacheKey key, Asking asking) {
        if (!store.isRemoteRead()) {
            return Claim.FREE;
        }
        String holder = node + '.' + Long.toString(claims.incrementAndGet(), 36);
        try {
            Claim claim = asking.claim(key.remoteName(), holder, timeToLive);
            if (claim == Claim.GRANTED) {
                holders.put(key, holder);
            }
            return claim;
        } catch (RuntimeException e) {
            // A fault of the remote store is no reason to wait. The lease may have been granted by an answer that was
            // lost.
            StoreEvents.leaseFailed(e);
            end(key, holder, Duration.ZERO);
            return Claim.FREE;
        }
    }

    @Override
    public boolean awaitEnd(CacheKey key, Duration atMost) {
        return signals.await(key.remoteName(), atMost.compareTo(LONGEST_AWAIT) < 0 ? atMost : LONGEST_AWAIT);
    }

    @Override
    public void endStored(CacheKey key) {
        end(key, Duration.ZERO);
    }

    @Override
    public void endWithoutPage(CacheKey key) {
        end(key, FREE);
    }

    private void end(CacheKey key, Duration freeFor) {
        String holder = holders.remove(key);
        if (holder != null) {
            end(key, holder, freeFor);
        }
    }

    private void end(CacheKey key, String holder, Duration freeFor) {
        long until = nanoTime.getAsLong() + timeToLive.toNanos();
        ends.send(new LeaseEnds.End(key.remoteName(), holder, freeFor, until));
    }
}
