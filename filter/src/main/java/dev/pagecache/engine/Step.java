package dev.pagecache.engine;

import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheStatus;
import dev.pagecache.policy.Reason;

/** What the edge has to do with a request. */
public sealed interface Step {

    /**
     * Hand it to the application; the cache takes no part.
     *
     * @param reason why
     */
    record Bypass(Reason reason) implements Step {}

    /**
     * Answer it with a page.
     *
     * @param page the page
     * @param ageMillis its age
     * @param status what Cache-Status says
     */
    record Serve(Page page, long ageMillis, CacheStatus status) implements Step {}

    /**
     * Answer it with a page, stale (RFC 5861 section 3) or about to be, and then, with the client gone, hand it to the
     * application and tell the rendering how it ended.
     *
     * @param meanwhile how to answer
     * @param rendering to be begun when that is done, and, if it could be, to be ended exactly once
     */
    record Renew(Serve meanwhile, Rendering rendering) implements Step {}

    /** Answer it with 504: it accepts a stored page only, and there is none (RFC 9111 section 5.2.1.7). */
    record Unsatisfiable() implements Step {}

    /**
     * Hand it to the application and tell the rendering how it ended.
     *
     * @param rendering to be ended exactly once
     */
    record Render(Rendering rendering) implements Step {}
}
