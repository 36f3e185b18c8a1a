package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Stamp;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.PageNames;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PostRules;
import dev.pagecache.policy.RequestFacts;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.ResponseFacts;
import dev.pagecache.policy.StorePlan;
import dev.pagecache.policy.TargetUrl;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A POST whose answer may become the page of its own URL, which the same answer revokes (RFC 9110 section 9.3.3, RFC
 * 9111 section 4.4).
 *
 * <p>T1 the application runs, and its answer revokes the URL before it can be read. T2 the application has ended: the
 * answer revokes the URL for the last time. T3 the page is stored with a stamp of now: above its own raises, which it
 * outlives. A page that a GET began to render before has a stamp below them. Another request's raise between T1 and T3
 * kills the page as it would kill that of a GET: so raises of others are told from its own, name by name. What was
 * raised to make pages stale, or to have them refreshed, is never its own, and the stamp of T3 would hide it: it kills
 * the page, too.
 *
 * <p>Safe for use by many threads; locks are taken in the order store, posting, ledger: a page is kept under the lock
 * of the store, and whether it is revoked is asked there. So nothing is removed from the store while this is locked.
 */
public final class Posting {
    private final Engine engine;
    private final TargetUrl target;
    private final Lookup lookup;
    private final PagePolicy policy;
    private final Rendering rendering;
    private final Stamp start;

    /** The stamp after the last own raise of a name. */
    private final Map<String, Stamp> own = new HashMap<>();

    /** Names that others raised before an own raise hid that. */
    private final Set<String> overtaken = new HashSet<>();

    private Runnable lastRevoking = () -> {};
    private boolean isOver;

    private Posting(Engine engine, RequestFacts request, PagePolicy policy, Lookup lookup) {
        this.engine = engine;
        this.target = TargetUrl.of(request);
        this.lookup = lookup;
        this.policy = policy;
        this.start = engine.revocations().now();
        this.rendering = new Rendering(
                engine, null, Inquiry.of(request, policy, null), List.of(), lookup, Forward.METHOD, null, null);
    }

    /**
     * The posting of a request that {@link Engine#open} sends past the cache for its method.
     *
     * @param engine the engine
     * @param request the request
     * @param policy the settings of its view
     * @return the posting, or null if its answer is not stored
     */
    public static @Nullable Posting of(Engine engine, RequestFacts request, PagePolicy policy) {
        Lookup lookup = PostRules.lookup(request, policy);
        if (lookup == null) {
            return null;
        }
        Posting posting = new Posting(engine, request, policy, lookup);
        posting.rendering.bePosted(posting);
        return posting;
    }

    /**
     * The permission to store.
     *
     * @return the rendering, to be ended by the caller
     */
    public Rendering rendering() {
        return rendering;
    }

    /**
     * Revokes what the answer revokes, as {@link Engine#revoke} does.
     *
     * @param names names of pages
     * @param base key of the URL, or null to leave the store as it is
     */
    public void revoke(Collection<String> names, @Nullable CacheKey base) {
        raise(names);
        engine.revoke(List.of(), base);
    }

    private void raise(Collection<String> names) {
        raiseHere(names);
        engine.revocations().raiseElsewhere(names);
    }

    private synchronized void raiseHere(Collection<String> names) {
        Revocations revocations = engine.revocations();
        synchronized (revocations.lock()) {
            for (String name : names) {
                if (revocations.isRaisedSince(since(name), name)) {
                    overtaken.add(name);
                }
            }
            revocations.raiseHere(names);
            Stamp stamp = revocations.now();
            names.forEach(name -> own.put(name, stamp));
        }
    }

    /**
     * What revokes for this answer once more when the application has ended, just before the page is stored.
     *
     * @param revoking calls {@link #revoke}
     */
    public void beforeStoring(Runnable revoking) {
        lastRevoking = revoking;
    }

    /**
     * Whether the page has been stored, or was to be: what is revoked for this answer has been.
     *
     * @return true from the moment at which another own raise would kill the page
     */
    public synchronized boolean isOver() {
        return isOver;
    }

    /** The page as it is stored: with a stamp above the last own raise. */
    SealedPage last(SealedPage sealed) {
        lastRevoking.run();
        synchronized (this) {
            isOver = true;
        }
        return new SealedPage(sealed.page().withStamp(stampOfNow()), sealed.names());
    }

    /** Each raise of others is either over, and seen when the page is stored, or will be above this stamp. */
    private Stamp stampOfNow() {
        Revocations revocations = engine.revocations();
        synchronized (revocations.lock()) {
            return revocations.now();
        }
    }

    StorePlan assess(ResponseFacts response) {
        return PostRules.assess(
                response, target, lookup, policy, engine.wallClock().instant());
    }

    /** Whether others have revoked one of the page's names since the application began to run. */
    synchronized boolean isRevoked(PageNames names, List<String> tags) {
        Revocations revocations = engine.revocations();
        return revocations.isAny(names, tags, this::isRevoked) || revocations.isDoubted(start, names, tags);
    }

    private boolean isRevoked(String name) {
        return overtaken.contains(name) || engine.revocations().isRaisedSince(since(name), name);
    }

    private Stamp since(String name) {
        return own.getOrDefault(name, start);
    }
}
