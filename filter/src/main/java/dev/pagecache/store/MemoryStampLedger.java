package dev.pagecache.store;

import dev.pagecache.entry.Stamp;
import java.util.Collection;

/**
 * A ledger in this JVM's memory: it knows what this node raised since it started, and serves caches that no other node
 * shares. It is bounded as {@link RaisedNames} says.
 *
 * <p>Safe for use by many threads. Reading takes no lock.
 */
public final class MemoryStampLedger implements StampLedger {
    /** Names that a ledger holds by default: {@value}. */
    public static final int DEFAULT_MAX_NAMES = 100_000;

    private final RaisedNames names;

    /**
     * A ledger in which nothing was raised.
     *
     * @param maxNames most names to keep, more than 0; one counts for every 64 characters, and the latest is kept only
     *     if there is room for it
     * @throws IllegalArgumentException if maxNames is not positive
     */
    public MemoryStampLedger(int maxNames) {
        this.names = new RaisedNames(maxNames);
    }

    @Override
    public boolean isEmpty() {
        return names.isEmpty();
    }

    @Override
    public boolean mayHave(char kind) {
        return names.mayHave(kind);
    }

    @Override
    public Stamp now() {
        return names.now();
    }

    @Override
    public synchronized void raise(Collection<String> raised) {
        if (!raised.isEmpty()) {
            names.raise(raised, false);
        }
    }

    @Override
    public boolean isRaisedSince(Stamp stamp, String name) {
        return names.isRaisedSince(stamp, name);
    }

    /** Number of names known; for tests. */
    int size() {
        return names.size();
    }
}
