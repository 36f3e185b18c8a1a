package dev.pagecache.engine;

import dev.pagecache.entry.Stamp;
import dev.pagecache.store.StampLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The ledgers of all caches of an application, for who revokes pages without a request of theirs.
 *
 * <p>Safe for use by many threads.
 */
public final class Ledgers {
    private final Collection<StampLedger> all;
    private final LongSupplier nanoTime;

    /**
     * The ledgers that there are when names are raised.
     *
     * @param all them, each once; may grow
     * @param nanoTime monotonic time in nanoseconds
     */
    public Ledgers(Collection<StampLedger> all, LongSupplier nanoTime) {
        this.all = all;
        this.nanoTime = nanoTime;
    }

    /**
     * Raises names in each ledger. Pages under them, also those being rendered, are revoked on this node when it
     * returns.
     *
     * @param names the names; none has no effect
     * @return the raise, to wait for the other nodes
     */
    public Raised raise(Collection<String> names) {
        List<Event> events = new ArrayList<>();
        for (StampLedger ledger : all) {
            ledger.raise(names);
            events.add(new Event(ledger, ledger.now()));
        }
        return new Raised(events, nanoTime);
    }

    /**
     * Whether one of them has more to tell the other nodes than it should.
     *
     * @return true if no more should be raised for now
     */
    public boolean areCrowded() {
        for (StampLedger ledger : all) {
            if (ledger.isCrowded()) {
                return true;
            }
        }
        return false;
    }

    private record Event(StampLedger ledger, Stamp stamp) {}

    /**
     * Names that were raised in all ledgers.
     *
     * <p>Safe for use by many threads.
     */
    public static final class Raised {
        private final List<Event> events;
        private final LongSupplier nanoTime;

        private Raised(List<Event> events, LongSupplier nanoTime) {
            this.events = events;
            this.nanoTime = nanoTime;
        }

        /**
         * Waits until all nodes can know of it. If the thread is interrupted it stops waiting and stays interrupted.
         *
         * @param atMost longest time to wait; zero or less to ask only
         * @return whether they can
         */
        public boolean awaitShared(Duration atMost) {
            // A longer time than a long has nanoseconds is as good as this.
            long nanos = atMost.compareTo(Duration.ofDays(1)) > 0
                    ? Duration.ofDays(1).toNanos()
                    : Math.max(0, atMost.toNanos());
            long start = nanoTime.getAsLong();
            boolean isShared = true;
            for (Event event : events) {
                long left = isShared ? Math.max(0, nanos - (nanoTime.getAsLong() - start)) : 0;
                isShared &= event.ledger.awaitShared(event.stamp, Duration.ofNanos(left));
            }
            return isShared;
        }
    }
}
