package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.StoredRecord;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes on their way to a remote store, at most one per key: a later write of a key takes the place of an earlier one,
 * so that puts and removes of a key cannot overtake each other. Bounded by number and by weight.
 *
 * <p>When it is full, a new put is dropped: what is queued is as good, and the remote store simply lacks one page. A
 * new remove instead pushes out the oldest put, because a lost remove leaves a record where none is wanted; only if
 * removes alone fill the queue, the new one is dropped.
 *
 * <p>Safe for use by many threads.
 */
final class WriteQueue {
    private final int maxWrites;
    private final long maxBytes;
    private final Map<CacheKey, Write> writes = new LinkedHashMap<>();
    private long bytes;

    /** Mirror of the map's size, to look without the lock. */
    private volatile int size;

    WriteQueue(int maxWrites, long maxBytes) {
        this.maxWrites = maxWrites;
        this.maxBytes = maxBytes;
    }

    /** A put of the record, or a remove if it has none. Compared by identity. */
    static final class Write {
        final CacheKey key;
        final @Nullable StoredRecord record;

        Write(CacheKey key, @Nullable StoredRecord record) {
            this.key = key;
            this.record = record;
        }

        boolean isRemove() {
            return record == null;
        }

        private long weight() {
            return record == null ? key.length() : record.weightBytes();
        }
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Queues the write; returns how many writes were dropped for want of room, 0 or more. */
    synchronized int offer(Write write) {
        int dropped = 0;
        Write earlier = writes.get(write.key);
        long growth = write.weight() - (earlier == null ? 0 : earlier.weight());
        while (bytes + growth > maxBytes || (earlier == null && writes.size() >= maxWrites)) {
            dropped++;
            if (!write.isRemove() || !dropOldestPut(write.key)) {
                // An earlier write of the key must not win over the one that is dropped.
                if (earlier != null && !earlier.isRemove()) {
                    replace(new Write(write.key, null));
                }
                return dropped;
            }
        }
        replace(write);
        return dropped;
    }

    /** The write of a key that the remote store does not have yet, if any. */
    @Nullable
    Write pending(CacheKey key) {
        if (size == 0) {
            return null;
        }
        synchronized (this) {
            return writes.get(key);
        }
    }

    /** The oldest write, which stays pending until {@link #done}. */
    synchronized @Nullable Write peek() {
        Iterator<Write> oldest = writes.values().iterator();
        return oldest.hasNext() ? oldest.next() : null;
    }

    /** Takes out the write, unless a later one has taken its place. */
    synchronized void done(Write write) {
        if (writes.remove(write.key, write)) {
            bytes -= write.weight();
            size = writes.size();
        }
    }

    /** Drops everything; returns how much that was. */
    synchronized int clear() {
        int count = writes.size();
        writes.clear();
        bytes = 0;
        size = 0;
        return count;
    }

    private void replace(Write write) {
        Write earlier = writes.put(write.key, write);
        bytes += write.weight() - (earlier == null ? 0 : earlier.weight());
        size = writes.size();
    }

    private boolean dropOldestPut(CacheKey except) {
        for (Write candidate : writes.values()) {
            if (!candidate.isRemove() && !candidate.key.equals(except)) {
                done(candidate);
                return true;
            }
        }
        return false;
    }
}
