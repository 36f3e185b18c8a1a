package dev.pagecache.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ledger in this JVM's memory: it knows what this node raised since it started. Its clock is the wall clock where
 * that goes on, so that stamps of several nodes can be compared as far as their clocks agree.
 *
 * <p>It is bounded: a name counts as one for every 64 characters, so that a full ledger takes some 20 MB, whatever the
 * names are. When it is full, the names raised longest ago are forgotten, and the <em>floor</em> rises to their stamps:
 * pages at or below the floor count as revoked, whatever their names.
 *
 * <p>Safe for use by many threads. Reading takes no lock.
 */
public final class MemoryStampLedger implements StampLedger {
    /** Names that a ledger holds by default: {@value}. */
    public static final int DEFAULT_MAX_NAMES = 100_000;

    /** Of a longer name its digest is kept: or who sends long URLs would fill the ledger by few requests. */
    private static final int MAX_CHARS = 256;

    private static final int CHARS_PER_NAME = 64;

    private final int maxNames;
    private final InstantSource wallClock;
    private final AtomicLong clock = new AtomicLong();
    private final ConcurrentHashMap<String, Raised> raised = new ConcurrentHashMap<>();

    /** Before the one raised longest ago and behind the latest; also the lock of all writers. */
    private final Raised ends = new Raised("", Long.MIN_VALUE);

    private int weight;
    private volatile long floor = Long.MIN_VALUE;
    private volatile boolean isEmpty = true;

    /**
     * A ledger in which nothing was raised.
     *
     * @param maxNames most names to keep, more than 0; one counts for every 64 characters, and the latest is kept only
     *     if there is room for it
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
        synchronized (ends) {
            // Taken under the lock, so that the order of names is the order of their stamps.
            long stamp = now();
            for (String name : names) {
                Raised latest = new Raised(kept(name), stamp);
                Raised earlier = raised.put(latest.name, latest);
                if (earlier != null) {
                    earlier.unlink();
                    weight -= earlier.weight();
                }
                latest.linkBefore(ends);
                weight += latest.weight();
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
        Raised latest = raised.get(kept(name));
        return (latest != null && latest.stamp > stamp) || stamp <= floor;
    }

    /** Number of names known; for tests. */
    int size() {
        return raised.size();
    }

    private void forgetOldest() {
        for (Raised oldest = ends.next; weight > maxNames && oldest != ends; oldest = ends.next) {
            floor = oldest.stamp;
            raised.remove(oldest.name);
            oldest.unlink();
            weight -= oldest.weight();
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

    /** When a name was last raised, in a ring in the order of stamps, whose links are the writers' alone. */
    private static final class Raised {
        private final String name;
        private final long stamp;
        private Raised previous;
        private Raised next;

        @SuppressWarnings("ThisEscapedInObjectConstruction") // a ring of one
        Raised(String name, long stamp) {
            this.name = name;
            this.stamp = stamp;
            this.previous = this;
            this.next = this;
        }

        int weight() {
            return 1 + Math.max(0, name.length() - 1) / CHARS_PER_NAME;
        }

        void linkBefore(Raised other) {
            previous = other.previous;
            next = other;
            other.previous.next = this;
            other.previous = this;
        }

        void unlink() {
            previous.next = next;
            next.previous = previous;
        }
    }
}
