package dev.pagecache.servlet;

import dev.pagecache.config.CacheLocation;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.store.DummyStore;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.RecordStore;
import dev.pagecache.store.StampLedger;
import jakarta.servlet.ServletContext;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The caches of one web application, shared by its filters and closed when the last of them goes. Safe for use by many
 * threads.
 */
final class OpenCaches {
    private static final String ATTRIBUTE = "dev.pagecache.caches";

    private final ServletContext context;
    private final LongSupplier nanoTime;
    private final Map<String, RecordStore> stores = new HashMap<>();
    private final StampLedger ledger =
            new MemoryStampLedger(MemoryStampLedger.DEFAULT_MAX_NAMES, InstantSource.system());
    private int users;

    private OpenCaches(ServletContext context, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
    }

    /**
     * The caches of an application, which the caller has to {@link #leave}.
     *
     * @param nanoTime the monotonic clock of the node, in nanoseconds; that of the first who joins counts
     */
    static OpenCaches join(ServletContext context, LongSupplier nanoTime) {
        synchronized (context) {
            OpenCaches caches = context.getAttribute(ATTRIBUTE) instanceof OpenCaches open
                    ? open
                    : new OpenCaches(context, nanoTime);
            caches.users++;
            context.setAttribute(ATTRIBUTE, caches);
            return caches;
        }
    }

    /**
     * The store of a cache, opened by the first who asks.
     *
     * @param settings its settings
     * @param maxBodyBytes the largest body that will be stored in it: larger records are not accepted from a remote
     *     store
     */
    RecordStore open(CacheSettings settings, int maxBodyBytes) {
        synchronized (context) {
            return stores.computeIfAbsent(settings.alias(), alias -> create(settings, maxBodyBytes));
        }
    }

    /** When pages of this application were revoked: a request that one filter sees revokes the pages of all. */
    StampLedger ledger() {
        return ledger;
    }

    void leave() {
        synchronized (context) {
            users--;
            if (users == 0) {
                context.removeAttribute(ATTRIBUTE);
                stores.values().forEach(RecordStore::close);
                stores.clear();
            }
        }
    }

    private RecordStore create(CacheSettings settings, int maxBodyBytes) {
        CacheLocation location = settings.location();
        if (location instanceof CacheLocation.Dummy) {
            return new DummyStore();
        }
        if (location instanceof CacheLocation.Memory) {
            return new MemoryStore(settings.memoryMaxBytes(), settings.memoryMaxAge(), nanoTime);
        }
        return RedisCaches.open(settings, maxBodyBytes, nanoTime);
    }
}
