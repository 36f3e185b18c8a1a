package dev.pagecache.policy;

import dev.pagecache.http.EntityTag;
import dev.pagecache.http.FieldSource;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether the client already has what a 200 response would bring (RFC 9110 section 13). */
public final class ConditionRules {
    /** Fields of a 304 (RFC 9110 section 15.4.5), and Last-Modified for pages without an entity tag. */
    private static final Set<String> NOT_MODIFIED_FIELDS =
            Set.of("cache-control", "content-location", "date", "etag", "expires", "last-modified", "vary");

    private ConditionRules() {}

    /**
     * Evaluates If-None-Match, else If-Modified-Since, against a response (RFC 9110 section 13.2.2).
     *
     * @param request the client's fields
     * @param status status of the response
     * @param response its fields
     * @return true if a 304 says it all
     */
    public static boolean isNotModified(FieldSource request, int status, Fields response) {
        if (status != 200) {
            return false;
        }
        String ifNoneMatch = request.field("If-None-Match");
        if (ifNoneMatch != null) {
            return matches(ifNoneMatch, response.first("ETag"));
        }
        String ifModifiedSince = request.field("If-Modified-Since");
        String lastModified = response.first("Last-Modified");
        if (ifModifiedSince == null || lastModified == null) {
            return false;
        }
        Instant since = HttpDate.parse(ifModifiedSince);
        Instant modified = HttpDate.parse(lastModified);
        return since != null && modified != null && !modified.isAfter(since);
    }

    /**
     * Whether a field belongs into a 304.
     *
     * @param name field name, letter case ignored
     * @return true if it does
     */
    public static boolean belongsToNotModified(String name) {
        return NOT_MODIFIED_FIELDS.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean matches(String ifNoneMatch, @Nullable String etag) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        EntityTag own = etag == null ? null : EntityTag.parse(etag);
        if (own == null) {
            return false;
        }
        for (EntityTag candidate : EntityTag.parseList(List.of(ifNoneMatch))) {
            if (candidate.matchesWeakly(own)) {
                return true;
            }
        }
        return false;
    }
}
