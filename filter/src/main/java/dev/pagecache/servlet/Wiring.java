package dev.pagecache.servlet;

import dev.pagecache.admin.PurgeMethod;
import dev.pagecache.config.CacheSettings;
import dev.pagecache.config.Collapse;
import dev.pagecache.config.FilterSettings;
import dev.pagecache.config.Scope;
import dev.pagecache.config.Settings;
import dev.pagecache.engine.Counters;
import dev.pagecache.engine.Engine;
import dev.pagecache.engine.RefreshRate;
import dev.pagecache.engine.Revocations;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.store.HitForMissMarks;
import jakarta.servlet.ServletContext;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What one filter is made of. Safe for use by many threads. */
final class Wiring implements AutoCloseable {
    /** Marks are small; more than this many pages that cannot be stored are not remembered. */
    private static final int MAX_MARKS = 10_000;

    private final FilterSettings settings;
    private final Map<String, CacheSettings> caches;
    private final OpenCaches openCaches;
    private final Views views;
    private final LongSupplier nanoTime;
    private final RefreshRate refreshRate;
    private final RandomGenerator random = new Random();
    private final PageSender sender;
    private final PurgeMethod purgeMethod;
    private final WrapperTraits wrappers = new WrapperTraits();
    private final InputEvents inputEvents = new InputEvents();
    private final Map<String, Engine> engines = new ConcurrentHashMap<>();

    private Wiring(Settings settings, OpenCaches openCaches, Views views, LongSupplier nanoTime) {
        this.settings = settings.filter();
        this.caches = settings.caches();
        this.openCaches = openCaches;
        this.views = views;
        this.nanoTime = nanoTime;
        this.purgeMethod = new PurgeMethod(
                settings.filter().purge(),
                settings.filter().purgeToken(),
                settings.filter().policy(),
                openCaches.forApplication(),
                nanoTime);
        this.refreshRate = new RefreshRate(settings.filter().refreshRate(), nanoTime);
        this.sender = new PageSender(
                settings.filter().cacheStatus(), settings.filter().showsKey(), new SecureRandom());
    }

    /** The wiring of a filter whose pages age by this monotonic clock, in nanoseconds. */
    static Wiring of(ServletContext context, Settings settings, LongSupplier nanoTime) {
        Views views = new Views(context, settings.filter()).readAll();
        Wiring wiring = new Wiring(settings, OpenCaches.join(context, nanoTime), views, nanoTime);
        boolean isOpen = false;
        try {
            views.cacheAliases().forEach(wiring::engine);
            isOpen = true;
        } finally {
            // A container does not end a filter whose start has failed.
            if (!isOpen) {
                wiring.close();
            }
        }
        wiring.openCaches.forApplication().addSite(settings.filter().policy());
        ServletEvents.started(settings);
        return wiring;
    }

    Engine engine(String alias) {
        Engine engine = engines.get(alias);
        return engine != null ? engine : engines.computeIfAbsent(alias, this::openEngine);
    }

    private Engine openEngine(String alias) {
        CacheSettings cache = caches.get(alias);
        if (cache == null) {
            throw new IllegalArgumentException(
                    "cache '" + alias + "': there is no such cache; known: " + caches.keySet());
        }
        Duration wait = settings.collapse() == Collapse.OFF ? null : settings.collapseWait();
        OpenCache open = openCaches.open(cache, settings.policy().maxBodyBytes());
        return new Engine(
                open.store(),
                new HitForMissMarks(MAX_MARKS, nanoTime),
                new Revocations(open.ledger(), openCaches.ledgers()),
                wait,
                refreshRate,
                random,
                settings.collapse() == Collapse.CLUSTER ? open.leases() : null,
                nanoTime,
                InstantSource.system(),
                openCaches.counters(alias));
    }

    Views views() {
        return views;
    }

    Scope scope() {
        return settings.scope();
    }

    PageSender sender() {
        return sender;
    }

    /** Memory for what is captured in this application. */
    CaptureBudget captureBudget() {
        return openCaches.captureBudget();
    }

    InputEvents inputEvents() {
        return inputEvents;
    }

    WrapperTraits wrappers() {
        return wrappers;
    }

    /** What happened to the requests of a cache. */
    Counters counters(String alias) {
        return openCaches.counters(alias);
    }

    PurgeMethod purgeMethod() {
        return purgeMethod;
    }

    /** The filter's own settings, where no view counts. */
    PagePolicy policy() {
        return settings.policy();
    }

    @Nullable
    String cacheName() {
        return settings.cacheStatus();
    }

    @Override
    public void close() {
        openCaches.leave();
    }
}
