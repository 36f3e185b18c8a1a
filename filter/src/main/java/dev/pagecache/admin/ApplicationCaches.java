package dev.pagecache.admin;

import dev.pagecache.PageCaches;
import dev.pagecache.Purge;
import dev.pagecache.admin.PurgeOrder.Mode;
import dev.pagecache.engine.Ledgers;
import dev.pagecache.metrics.CacheMeters;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PurgeRules;
import jakarta.servlet.ServletContext;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The caches of one web application: what its filters told of their sites, and the ledgers of its caches.
 *
 * <p>A purge is raised for each site, in each ledger: the names of pages hold the site and its authority, and who
 * purges knows neither. Nothing is locked beyond the ledgers.
 *
 * <p>Safe for use by many threads.
 */
public final class ApplicationCaches implements PageCaches {
    /** Requests that wait for the other nodes at one time; more of them could take all threads of the container. */
    private static final int MAX_WAITING = 8;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final Ledgers ledgers;
    private final List<PagePolicy> sites = new CopyOnWriteArrayList<>();
    private final List<CacheMeters> meters = new CopyOnWriteArrayList<>();
    private final Semaphore waiting = new Semaphore(MAX_WAITING);

    /**
     * Caches without a filter yet.
     *
     * @param ledgers those of the application's caches
     */
    public ApplicationCaches(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    /** Those of an application, or null if no filter runs in it. */
    static @Nullable ApplicationCaches find(ServletContext context) {
        return context.getAttribute(ATTRIBUTE) instanceof ApplicationCaches caches ? caches : null;
    }

    /**
     * A filter has started.
     *
     * @param policy its settings
     */
    public void addSite(PagePolicy policy) {
        sites.add(policy);
    }

    /**
     * A cache was opened.
     *
     * @param cache its meters
     */
    public void addMeters(CacheMeters cache) {
        meters.add(cache);
    }

    /** The meters of the caches opened so far. */
    List<CacheMeters> meters() {
        return List.copyOf(meters);
    }

    @Override
    public Purge purgeUrl(String url) {
        return purge(PurgeOrder.ofUrl(Mode.HARD, url));
    }

    @Override
    public Purge purgePrefix(String prefix) {
        return purge(PurgeOrder.ofPrefix(Mode.HARD, prefix));
    }

    @Override
    public Purge purgeTag(String... tags) {
        return purge(PurgeOrder.ofTags(Mode.HARD, List.of(tags)));
    }

    @Override
    public Purge purgeAll() {
        return purge(PurgeOrder.ofAll(Mode.HARD));
    }

    @Override
    public Purge softPurgeUrl(String url) {
        return purge(PurgeOrder.ofUrl(Mode.SOFT, url));
    }

    @Override
    public Purge softPurgePrefix(String prefix) {
        return purge(PurgeOrder.ofPrefix(Mode.SOFT, prefix));
    }

    @Override
    public Purge softPurgeTag(String... tags) {
        return purge(PurgeOrder.ofTags(Mode.SOFT, List.of(tags)));
    }

    @Override
    public Purge softPurgeAll() {
        return purge(PurgeOrder.ofAll(Mode.SOFT));
    }

    @Override
    public Purge refreshUrl(String url) {
        return purge(PurgeOrder.ofUrl(Mode.REFRESH, url));
    }

    @Override
    public Purge refreshPrefix(String prefix) {
        return purge(PurgeOrder.ofPrefix(Mode.REFRESH, prefix));
    }

    @Override
    public Purge refreshTag(String... tags) {
        return purge(PurgeOrder.ofTags(Mode.REFRESH, List.of(tags)));
    }

    @Override
    public Purge refreshAll() {
        return purge(PurgeOrder.ofAll(Mode.REFRESH));
    }

    /** Purges all that an order names, or throws IllegalArgumentException before anything is purged. */
    Purge purge(PurgeOrder order) {
        return raise(order.mode(), names(order));
    }

    /** Purges pages by their names. */
    Purge raise(Mode mode, Collection<String> names) {
        Collection<String> raised = switch (mode) {
            case HARD -> names;
            case SOFT -> PurgeRules.softly(names);
            case REFRESH -> PurgeRules.refreshing(names);
        };
        return new RaisedPurge(ledgers.raise(raised));
    }

    /** Waits for the other nodes, a second at most; not at all where others wait in number. */
    boolean awaitShared(Purge purge) {
        if (purge.isShared()) {
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return purge.awaitShared(LONGEST_WAIT);
        } finally {
            waiting.release();
        }
    }

    /** Whether who purges has to be told to come back later. */
    boolean areCrowded() {
        return ledgers.areCrowded();
    }

    private Set<String> names(PurgeOrder order) {
        Set<String> names = new LinkedHashSet<>();
        for (String url : order.urls()) {
            names.addAll(ofSites(site -> PurgeRules.url(url, site)));
        }
        for (String prefix : order.prefixes()) {
            names.addAll(ofSites(site -> PurgeRules.prefix(prefix, site)));
        }
        for (String tag : order.tags()) {
            names.addAll(ofSites(site -> PurgeRules.tag(tag, site)));
        }
        if (order.isOfAll()) {
            names.addAll(ofSites(PurgeRules::all));
        }
        return names;
    }

    /** A path without host is a URL of the sites that have an authority, whatever the others say of it. */
    private Set<String> ofSites(Function<PagePolicy, Set<String>> rule) {
        Set<String> names = new LinkedHashSet<>();
        IllegalArgumentException refusal = null;
        for (PagePolicy site : sites) {
            try {
                names.addAll(rule.apply(site));
            } catch (IllegalArgumentException e) {
                refusal = e;
            }
        }
        if (names.isEmpty() && refusal != null) {
            throw refusal;
        }
        return names;
    }

    private record RaisedPurge(Ledgers.Raised raised) implements Purge {
        @Override
        public boolean isShared() {
            return raised.awaitShared(Duration.ZERO);
        }

        @Override
        public boolean awaitShared(Duration atMost) {
            return raised.awaitShared(atMost);
        }
    }
}
