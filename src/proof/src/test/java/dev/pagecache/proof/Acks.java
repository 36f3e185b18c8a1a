package dev.pagecache.proof;

import java.util.ArrayDeque;

/**
 * When clients learned that data were changed, and which version a page must have at least that is asked for later.
 * Times are those of one monotonic clock, in nanoseconds, above 0.
 *
 * <p>Safe for use by many threads.
 */
final class Acks {
    private final long healthyNanos;
    private final long faultyNanos;
    private final History[] histories;

    Acks(int items, int nodes, Bounds bounds) {
        this.healthyNanos = bounds.healthy().toNanos();
        this.faultyNanos = bounds.faulty().toNanos();
        this.histories = new History[items];
        for (int i = 0; i < items; i++) {
            histories[i] = new History(nodes);
        }
    }

    /** A client has the answer of a node that says so; earlier versions are covered. */
    void acknowledged(int item, int node, long version, long nowNanos) {
        histories[item].add(node, version, nowNanos, nowNanos - faultyNanos);
    }

    /**
     * What the page of an item must show that is asked for now.
     *
     * @param node the node that will be asked
     * @param healthySince what {@link Health#since} says
     */
    Due due(int item, int node, long nowNanos, long healthySince) {
        long until = nowNanos - faultyNanos;
        // A change of a time with faults is due when all has been well for as long as one may take.
        if (healthySince <= nowNanos - healthyNanos) {
            until = Math.max(until, nowNanos - healthyNanos);
        }
        return histories[item].due(node, until);
    }

    /**
     * The least versions that are right.
     *
     * @param here that of the changes which the asked node itself has acknowledged
     * @param anywhere that of the changes which any node has acknowledged long enough ago
     */
    record Due(long here, long anywhere) {}

    private static final class History {
        private final long[] byNode;

        /** Acknowledgements with rising times and versions; the first may be of any age. */
        private final ArrayDeque<Ack> acks = new ArrayDeque<>();

        History(int nodes) {
            byNode = new long[nodes];
        }

        synchronized void add(int node, long version, long nanos, long forgetNanos) {
            byNode[node] = Math.max(byNode[node], version);
            Ack last = acks.peekLast();
            if (last == null || version > last.version()) {
                acks.addLast(new Ack(last == null ? nanos : Math.max(nanos, last.nanos()), version));
            }
            Ack first = acks.pollFirst();
            Ack second = acks.peekFirst();
            if (first != null && (second == null || second.nanos() > forgetNanos)) {
                acks.addFirst(first);
            }
        }

        synchronized Due due(int node, long untilNanos) {
            long anywhere = 0;
            for (Ack ack : acks) {
                if (ack.nanos() > untilNanos) {
                    break;
                }
                anywhere = ack.version();
            }
            return new Due(byNode[node], anywhere);
        }
    }

    private record Ack(long nanos, long version) {}
}
