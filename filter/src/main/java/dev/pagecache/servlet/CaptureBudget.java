package dev.pagecache.servlet;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much the responses that are under way may hold of their bodies, all together: {@code maxBody} bounds each of
 * them, and not how many there are. What is beyond goes through unstored.
 *
 * <p>Safe for use by many threads.
 */
final class CaptureBudget {
    /** Part of the heap that is left to captures. */
    private static final int PART_OF_HEAP = 4;

    private final long maxBytes;
    private final AtomicLong taken = new AtomicLong();

    /** @param maxBytes most bytes that are held at a time, 0 or more */
    CaptureBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** A quarter of what the heap can grow to. */
    static CaptureBudget ofHeap() {
        return new CaptureBudget(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    }

    /** Most bytes that are held at a time. */
    long maxBytes() {
        return maxBytes;
    }

    /** Bytes that are held now. */
    long takenBytes() {
        return taken.get();
    }

    /** The part of one exchange, which takes nothing yet. */
    Share share() {
        return new Share();
    }

    /** All or nothing: to add first and look then would turn away others who fit in. */
    private boolean take(long bytes) {
        long before = taken.get();
        while (before + bytes <= maxBytes) {
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /**
     * What one exchange has of the budget. T1 the container's time-out ends the exchange while T2 the application still
     * writes: nothing is taken after the end, and what was taken is given back once.
     *
     * <p>Safe for use by many threads.
     */
    final class Share {
        private static final long ENDED = -1;

        private final AtomicLong own = new AtomicLong();

        private Share() {}

        /**
         * Takes memory.
         *
         * @param bytes how much more, 0 or more
         * @return false, and nothing is taken, if the budget does not have it, or after the end
         */
        boolean take(long bytes) {
            if (bytes == 0) {
                return true;
            }
            if (!CaptureBudget.this.take(bytes)) {
                return false;
            }
            long before = own.get();
            while (before != ENDED) {
                if (own.compareAndSet(before, before + bytes)) {
                    return true;
                }
                before = own.get();
            }
            taken.addAndGet(-bytes);
            return false;
        }

        /** Gives back a part of what was taken; without effect after the end. */
        void giveBack(long bytes) {
            long before = own.get();
            while (before != ENDED) {
                if (own.compareAndSet(before, before - bytes)) {
                    taken.addAndGet(-bytes);
                    return;
                }
                before = own.get();
            }
        }

        /** Gives back everything, and takes nothing any more; further calls have no effect. */
        void end() {
            long last = own.getAndSet(ENDED);
            if (last != ENDED) {
                taken.addAndGet(-last);
            }
        }
    }
}
