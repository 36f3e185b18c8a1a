package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.store.LeaseStore.Claim;
import java.time.Duration;
import java.util.HexFormat;
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
    private final Duration timeToLive;
    private final String node;

    /**
     * Leases for the pages of a store.
     *
     * @param remote where they are
     * @param store whose pages they are of
     * @param signals where ends of others' leases are heard
     * @param timeToLive after which a lease ends by itself, because its holder hangs or has died
     * @param random names the node
     */
    public SharedLeases(
            RemoteLeases remote, TieredStore store, LeaseSignals signals, Duration timeToLive, RandomGenerator random) {
        this.remote = remote;
        this.store = store;
        this.signals = signals;
        this.timeToLive = timeToLive;
        this.node = HexFormat.of().toHexDigits(random.nextLong());
    }

    @Override
    public Claim claim(CacheKey key) {
        if (!store.isRemoteRead()) {
            return Claim.FREE;
        }
        try {
            return remote.claim(key.remoteName(), node, timeToLive);
        } catch (RuntimeException e) {
            // A fault of the remote store is no reason to wait.
            StoreEvents.leaseFailed(e);
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

    /** Behind all writes of before, and off the request's path. */
    private void end(CacheKey key, Duration freeFor) {
        store.afterWrites(() -> {
            try {
                remote.end(key.remoteName(), node, freeFor);
            } catch (RuntimeException e) {
                // It ends by itself.
                StoreEvents.leaseFailed(e);
            }
        });
    }
}
