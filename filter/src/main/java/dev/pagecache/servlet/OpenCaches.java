package dev.pagecache.servlet;

import dev.pagecache.PageCaches;
import dev.pagecache.admin.ApplicationCaches;
import dev.pagecache.config.CacheLocation;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.engine.Counters;
import dev.pagecache.engine.Ledgers;
import dev.pagecache.metrics.CacheMeters;
import dev.pagecache.metrics.RegisteredMeters;
import dev.pagecache.store.DummyStore;
import dev.pagecache.store.MemoryStampLedger;
import dev.pagecache.store.MemoryStore;
import dev.pagecache.store.StampLedger;
import jakarta.servlet.ServletContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;

/**
 * The caches of one web application, shared by its filters and closed when the last of them goes. Safe for use by many
 * threads.
 */
final class OpenCaches {
    static final String ATTRIBUTE = "dev.pagecache.caches";

    private final ServletContext context;
    private final LongSupplier nanoTime;
    private final Map<String, OpenCache> caches = new HashMap<>();
    private final Map<String, Counters> counters = new ConcurrentHashMap<>();
    private final StampLedger ownLedger = new MemoryStampLedger(MemoryStampLedger.DEFAULT_MAX_NAMES);

    /** Those of all open caches. */
    private final CopyOnWriteArrayList<StampLedger> ledgers = new CopyOnWriteArrayList<>(List.of(ownLedger));

    private final ApplicationCaches forApplication;
    private final RegisteredMeters registered;
    private final CaptureBudget captureBudget = CaptureBudget.ofHeap();
    private int users;

    private OpenCaches(ServletContext context, LongSupplier nanoTime) {
        this.context = context;
        this.nanoTime = nanoTime;
        this.forApplication = new ApplicationCaches(new Ledgers(ledgers, nanoTime));
        this.registered = new RegisteredMeters(context.getContextPath());
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
            context.setAttribute(PageCaches.ATTRIBUTE, caches.forApplication);
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
            ledgers.addIfAbsent(cache.ledger());
            CacheMeters meters =
                    new CacheMeters(settings.alias(), counters(settings.alias()), cache.store(), cache.ledger());
            forApplication.addMeters(meters);
            registered.register(meters);
            return cache;
        }
    }

    /** What happened to the requests of a cache, by whatever filter. */
    Counters counters(String alias) {
        return counters.computeIfAbsent(alias, name -> new Counters());
    }

    /** Memory for what its filters capture. */
    CaptureBudget captureBudget() {
        return captureBudget;
    }

    /** What application code sees. */
    ApplicationCaches forApplication() {
        return forApplication;
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
                context.removeAttribute(PageCaches.ATTRIBUTE);
                registered.close();
                caches.values().forEach(OpenCache::close);
                caches.clear();
            }
        }
    }

    private OpenCache create(CacheSettings settings, int maxBodyBytes) {
        CacheLocation location = settings.location();
        if (location instanceof CacheLocation.Dummy) {
            return new OpenCache(new DummyStore(), ownLedger);
        }
        if (location instanceof CacheLocation.Memory) {
            return new OpenCache(
                    new MemoryStore(settings.memoryMaxBytes(), settings.memoryMaxAge(), nanoTime), ownLedger);
        }
        return RedisCaches.open(settings, maxBodyBytes, nanoTime);
    }
}
