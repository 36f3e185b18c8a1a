package dev.pagecache.policy;

import dev.pagecache.http.CacheDirectives;
import org.jspecify.annotations.Nullable;

/** What to do with a request before anything is looked up. */
public sealed interface RequestPlan {

    /**
     * The cache takes no part.
     *
     * @param reason why
     */
    record Bypass(Reason reason) implements RequestPlan {}

    /**
     * A stored page may answer.
     *
     * @param notStored why a response to this request is not stored, or null if it may be
     * @param isAuthorized whether the request has Authorization
     * @param directives the request's own directives where they count, or null
     * @param isRanged whether no stored page answers and the application sees that a range is asked for
     */
    record Lookup(
            @Nullable Reason notStored,
            boolean isAuthorized,
            @Nullable CacheDirectives directives,
            boolean isRanged) implements RequestPlan {

        /** A plain request: the one object that nearly every hit needs. */
        static final Lookup PLAIN = new Lookup(null, false, null);

        /** A request of which nothing is known of a range. */
        Lookup(@Nullable Reason notStored, boolean isAuthorized, @Nullable CacheDirectives directives) {
            this(notStored, isAuthorized, directives, false);
        }
    }
}
