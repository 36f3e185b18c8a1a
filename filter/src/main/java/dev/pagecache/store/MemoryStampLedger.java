package dev.pagecache.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ledger in this JVM's memory: it knows what this node raised since it started. Its clock is the wall clock where
 * that goes on, so that stamps of several nodes can be compared as far as their clocks agree.
 *
 * <p>It is bounded. When it is full, the names raised longest ago are forgotten, and the <em>floor</em> rises to their
 * stamps: pages at or below the floor count as revoked, whatever their names.
 *
 * <p>Safe for use by many threads. Reading takes no lock.
 */
public final class MemoryStampLedger implements StampLedger {
    /** Names that a ledger holds by default: {@value}. */
    public static final int DEFAULT_MAX_NAMES = 100_000;

    /** Of a longer name its digest is kept: or who sends long URLs would fill the ledger by few requests. */
    private static final int MAX_CHARS = 256;

    private final int maxNames;
    private final InstantSource wallClock;
    private final AtomicLong clock = new AtomicLong();
    private final ConcurrentHashMap<String, Long> stamps = new ConcurrentHashMap<>();

    /** The same names, the one raised longest ago first; also the lock of all writers. */
    private final Map<String, Long> oldestFirst = new LinkedHashMap<>();

    private volatile long floor = Long.MIN_VALUE;
    private volatile boolean isEmpty = true;

    /**
     * A ledger in which nothing was raised.
     *
     * @param maxNames most names to keep, more than 0
     * @param wallClock the node's wall clock
     * @throws IllegalArgumentException if maxNames is not positive
     */
    public MemoryStampLedger(int maxNames, InstantSource wallClock) {
        if (maxNames <= 0) {
            throw new IllegalArgumentException("maxNames is " + maxNames + ", must be more than 0");
        }
        this.maxNames = maxNames;
        this.wallClock = wallClock;
    }

    @Override
    public boolean isEmpty() {
        return isEmpty;
    }

    @Override
    public long now() {
        long millis = wallClock.millis();
        return clock.updateAndGet(last -> Math.max(last + 1, millis));
    }

    @Override
    public void raise(Collection<String> names) {
        if (names.isEmpty()) {
            return;
        }
        synchronized (oldestFirst) {
            // Taken under the lock, so that the order of names is the order of their stamps.
            long stamp = now();
            for (String name : names) {
                String kept = kept(name);
                oldestFirst.remove(kept);
                oldestFirst.put(kept, stamp);
                stamps.put(kept, stamp);
            }
            forgetOldest();
        }
        isEmpty = false;
    }

    /**
     * A reader looks for the name and then at the floor. T1 finds no name, because T2 has removed it: then T2 had
     * raised the floor before, and T1 sees it.
     */
    @Override
    public boolean isRaisedSince(long stamp, String name) {
        Long raised = stamps.get(kept(name));
        return (raised != null && raised > stamp) || stamp <= floor;
    }

    /** Number of names known; for tests. */
    int size() {
        return stamps.size();
    }

    private void forgetOldest() {
        Iterator<Map.Entry<String, Long>> oldest = oldestFirst.entrySet().iterator();
        while (oldestFirst.size() > maxNames && oldest.hasNext()) {
            Map.Entry<String, Long> entry = oldest.next();
            floor = entry.getValue();
            stamps.remove(entry.getKey());
            oldest.remove();
        }
    }

    /** What stands for a name: no name begins as a digest does. */
    private static String kept(String name) {
        if (name.length() <= MAX_CHARS) {
            return name;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_16BE));
            return "sha-256:" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
