package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheStatus.Forward;
import dev.pagecache.policy.HitPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up came to.
 *
 * @param key the key that the request selects
 * @param names the selecting field names, empty where the URL does not vary as far as is known
 * @param page the page, or null
 * @param isLocal whether a page in memory kept the look-up from asking the remote store, this page or a revoked one
 */
record Found(CacheKey key, List<String> names, @Nullable Page page, boolean isLocal) {

    /** Why a request that it does not answer goes on to the application. */
    Forward forward(@Nullable HitPlan hit) {
        if (hit instanceof HitPlan.Render render) {
            return render.forward();
        }
        // A fresh page that is rendered nonetheless is treated as a stale one.
        if (hit instanceof HitPlan.ServeStale || hit instanceof HitPlan.Serve) {
            return Forward.STALE;
        }
        return key.isBase() ? Forward.URI_MISS : Forward.VARY_MISS;
    }

    Page mustPage() {
        if (page == null) {
            throw new IllegalStateException("nothing was found");
        }
        return page;
    }
}
