package dev.pagecache.servlet;

import dev.pagecache.config.CacheLocation;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.store.DummyStore;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.StampLedger;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The caches of one web application, shared by its filters and closed when the last of them goes. Safe for use by many
 * threads.
 */
final class OpenCaches {
    private static final String ATTRIBUTE = "dev.pagecache.caches";

    private final ServletContext context;
    private final LongSupplier nanoTime;
    private final Map<String, OpenCache> caches = new HashMap<>();
    private final StampLedger ownLedger = new MemoryStampLedger(MemoryStampLedger.DEFAULT_MAX_NAMES);

    /** Those of all open caches. */
    private final List<StampLedger> ledgers = new CopyOnWriteArrayList<>(List.of(ownLedger));

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
     * A cache, opened by the first who asks.
     *
     * @param settings its settings
     * @param maxBodyBytes the largest body that will be stored in it: larger records are not accepted from a remote
     *     store
     */
    OpenCache open(CacheSettings settings, int maxBodyBytes) {
        synchronized (context) {
            OpenCache known = caches.get(settings.alias());
            if (known != null) {
                return known;
            }
            OpenCache cache = create(settings, maxBodyBytes);
            caches.put(settings.alias(), cache);
            if (cache.ledger() != ownLedger) {
                ledgers.add(cache.ledger());
            }
            return cache;
        }
    }

    /**
     * When pages of this application were revoked: a request that one filter sees revokes the pages of all. Caches in
     * memory share a ledger, each Redis has its own. The list grows as caches are opened.
     */
    List<StampLedger> ledgers() {
        return ledgers;
    }

    void leave() {
        synchronized (context) {
            users--;
            if (users == 0) {
                context.removeAttribute(ATTRIBUTE);
                caches.values().forEach(OpenCache::close);
                caches.clear();
            }
        }
    }

    private OpenCache create(CacheSettings settings, int maxBodyBytes) {
        CacheLocation location = settings.location();
        if (location instanceof CacheLocation.Redis redis) {
            return RedisCaches.open(settings, redis, maxBodyBytes, nanoTime);
        }
        if (location instanceof CacheLocation.Dummy) {
            return new OpenCache(new DummyStore(), ownLedger);
        }
        return new OpenCache(new MemoryStore(settings.memoryMaxBytes(), settings.memoryMaxAge(), nanoTime), ownLedger);
    }
}
