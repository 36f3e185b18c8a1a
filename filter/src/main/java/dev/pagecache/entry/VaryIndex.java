package dev.pagecache.entry;

import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * The record at the key of a URL whose pages vary: the union of all selecting field names its responses ever named (RFC
 * 9111 section 4.1). It holds names only, so that it never has to list its variants.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param key the key of the URL
 * @param names lower-case field names, sorted, each once
 * @param expiresNanos the node's monotonic time after which the index is of no use, because no variant is left
 */
public record VaryIndex(CacheKey key, List<String> names, long expiresNanos) implements StoredRecord {

    /** Sorts the names and drops repeated ones. */
    public VaryIndex {
        names = List.copyOf(isSorted(names) ? names : new TreeSet<>(names));
    }

    private static boolean isSorted(List<String> names) {
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i - 1).compareTo(names.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int weightBytes() {
        int bytes = 160 + key.length();
        for (String name : names) {
            bytes += 56 + name.length();
        }
        return bytes;
    }

    @Override
    public long retentionMillis(long nowNanos) {
        return TimeUnit.NANOSECONDS.toMillis(expiresNanos - nowNanos);
    }
}
