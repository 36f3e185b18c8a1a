package dev.pagecache.policy;

import dev.pagecache.http.EntityTag;
import dev.pagecache.http.FieldSource;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the client already has what a 200 response would bring (RFC 9110 section 13). */
public final class ConditionRules {
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
     * Whether a field belongs into a 304 (RFC 9110 section 15.4.5), Last-Modified included for pages without an entity
     * tag.
     *
     * @param name field name, letter case ignored
     * @return true if it does
     */
    public static boolean belongsToNotModified(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("ETag") || name.equalsIgnoreCase("Date") || name.equalsIgnoreCase("Vary");
            case 7 -> name.equalsIgnoreCase("Expires");
            case 13 -> name.equalsIgnoreCase("Cache-Control") || name.equalsIgnoreCase("Last-Modified");
            case 16 -> name.equalsIgnoreCase("Content-Location");
            default -> false;
        };
    }

    private static boolean matches(String ifNoneMatch, @Nullable String etag) {
        if (ifNoneMatch.strip().equals("*")) {
            return true;
        }
        if (etag == null) {
            return false;
        }
        if (ifNoneMatch.equals(etag) && EntityTag.isTag(etag)) {
            return true;
        }
        EntityTag own = EntityTag.parse(etag);
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
