package dev.pagecache.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.LongSupplier;

/**
 * Gives leases back, behind the writes of the pages that were rendered under them and off the request's path. One whose
 * end does not get through would keep other nodes waiting for the rest of its time: it is tried again until then.
 *
 * <p>Safe for use by many threads.
 */
final class LeaseEnds {
    /** What is kept of ends that did not get through; more end by themselves. */
    private static final int MAX_KEPT = 1_024;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final RemoteLeases remote;
    private final TieredStore store;
    private final LongSupplier nanoTime;

    /** Touched by the store's one background thread only, as is all below. */
    private final ArrayDeque<End> kept = new ArrayDeque<>();

    private boolean isRetryDue;

    LeaseEnds(RemoteLeases remote, TieredStore store, LongSupplier nanoTime) {
        this.remote = remote;
        this.store = store;
        this.nanoTime = nanoTime;
    }

    /**
     * The end of a lease.
     *
     * @param name name without the store's prefix
     * @param holder who took it
     * @param freeFor how long nobody need wait for the page afterwards
     * @param untilNanos monotonic time at which it ends by itself
     */
    record End(String name, String holder, Duration freeFor, long untilNanos) {}

    /** Sends it in the background. */
    void send(End end) {
        store.afterWrites(
                () -> {
                    if (!isSent(end)) {
                        keep(end);
                    }
                },
                Duration.ZERO);
    }

    private void keep(End end) {
        if (kept.size() < MAX_KEPT) {
            kept.addLast(end);
        }
        if (!isRetryDue) {
            isRetryDue = true;
            store.afterWrites(this::retry, PAUSE);
        }
    }

    /** Each once more; those of one dead server of several do not keep the others waiting. */
    private void retry() {
        isRetryDue = false;
        for (int i = kept.size(); i > 0; i--) {
            End end = kept.removeFirst();
            if (nanoTime.getAsLong() - end.untilNanos() < 0 && !isSent(end)) {
                keep(end);
            }
        }
    }

    /** Nothing is tried while the remote store is known to be away: each try would hold up the writes behind it. */
    private boolean isSent(End end) {
        if (!store.isRemoteRead()) {
            return false;
        }
        try {
            remote.end(end.name(), end.holder(), end.freeFor());
            return true;
        } catch (RuntimeException e) {
            StoreEvents.leaseFailed(e);
            return false;
        }
    }
}
