package dev.pagecache.store;

import dev.pagecache.entry.CacheKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys by the names that they have in a remote store: those of records in memory, and those that are being read.
 *
 * <p>Names are held as 64 bits of a hash, because a name takes more memory than all the rest. A name that finds the key
 * of another one costs a needless question, since the question is about the key; of two records in memory that share a
 * hash only one is found.
 *
 * <p>Safe for use by many threads.
 */
final class TrackedNames {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final ConcurrentHashMap<Long, CacheKey> held = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Long, Reading> readings = new ConcurrentHashMap<>();

    private record Reading(CacheKey key, int count) {}

    /**
     * Follows what memory has at a key. Called after each change there, in whatever order: for each name, the last one
     * sees what is so in the end.
     */
    void settle(CacheKey key, Predicate<CacheKey> isHeld) {
        held.compute(hash(key.remoteName()), (hash, there) -> isHeld.test(key) ? key : null);
    }

    /** A key is about to be read from the remote store; gives what ends that. */
    long beginReading(CacheKey key) {
        long hash = hash(key.remoteName());
        readings.compute(hash, (same, there) -> new Reading(key, there == null ? 1 : there.count + 1));
        return hash;
    }

    /** What was read is in memory, or will not be. */
    void endReading(long reading) {
        readings.computeIfPresent(
                reading, (same, there) -> there.count == 1 ? null : new Reading(there.key, there.count - 1));
    }

    /** The key of a name, or null if there is none. */
    @Nullable
    CacheKey find(String name) {
        long hash = hash(name);
        CacheKey key = held.get(hash);
        if (key != null) {
            return key;
        }
        Reading reading = readings.get(hash);
        return reading == null ? null : reading.key;
    }

    /** All keys. */
    List<CacheKey> all() {
        List<CacheKey> all = new ArrayList<>(held.values());
        readings.values().forEach(reading -> all.add(reading.key));
        return all;
    }

    /** Forgets what is held. */
    void clear() {
        held.clear();
    }

    /** Fowler-Noll-Vo, 64 bits, variant 1a, over characters: names are digests, which need no more mixing than this. */
    private static long hash(String name) {
        long hash = FNV_BASIS;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }
}
