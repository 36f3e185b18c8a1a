package dev.pagecache.policy;

import dev.pagecache.http.EntityTag;
import dev.pagecache.http.FieldSource;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client's conditions, each against the fields of a response (RFC 9110 section 13.1). */
public final class ConditionRules {
    private ConditionRules() {}

    /**
     * Evaluates If-None-Match, else If-Modified-Since, against a response that was just made (RFC 9110 section 13.2.2).
     *
     * @param request the client's fields
     * @param status status of the response
     * @param response its fields
     * @return true if a 304 says it all
     */
    public static boolean isNotModified(FieldSource request, int status, Fields response) {
        return status == 200 && isNotModified(request, response, false);
    }

    /**
     * The same against a stored response of status 200: where it has no Last-Modified its Date counts (RFC 9111 section
     * 4.3.2).
     */
    static boolean isStoredNotModified(FieldSource request, Fields response) {
        return isNotModified(request, response, true);
    }

    private static boolean isNotModified(FieldSource request, Fields response, boolean mayUseDate) {
        String ifNoneMatch = request.field("If-None-Match");
        if (ifNoneMatch != null) {
            return hasMatch(ifNoneMatch, response, false);
        }
        String ifModifiedSince = request.field("If-Modified-Since");
        if (ifModifiedSince == null) {
            return false;
        }
        String lastModified = response.first("Last-Modified");
        Instant modified = date(lastModified == null && mayUseDate ? response.first("Date") : lastModified);
        Instant since = HttpDate.parse(ifModifiedSince);
        return since != null && modified != null && !modified.isAfter(since);
    }

    /**
     * Evaluates If-Match, else If-Unmodified-Since. A date that is none, and one against a response without
     * Last-Modified, is as if it were not there (RFC 9110 section 13.1.4).
     *
     * @return true if a 412 is due
     */
    static boolean isPreconditionFailed(FieldSource request, Fields response) {
        String ifMatch = request.field("If-Match");
        if (ifMatch != null) {
            return !hasMatch(ifMatch, response, true);
        }
        String ifUnmodifiedSince = request.field("If-Unmodified-Since");
        if (ifUnmodifiedSince == null) {
            return false;
        }
        Instant modified = date(response.first("Last-Modified"));
        Instant since = HttpDate.parse(ifUnmodifiedSince);
        return since != null && modified != null && modified.isAfter(since);
    }

    /**
     * Evaluates If-Range (RFC 9110 section 13.1.5).
     *
     * @return false if Range is to be ignored
     */
    static boolean isRangeCurrent(FieldSource request, Fields response) {
        String ifRange = request.field("If-Range");
        if (ifRange == null) {
            return true;
        }
        EntityTag tag = EntityTag.parse(ifRange.strip());
        if (tag != null) {
            String etag = response.first("ETag");
            EntityTag own = etag == null ? null : EntityTag.parse(etag);
            return own != null && tag.matchesStrongly(own);
        }
        Instant validator = HttpDate.parse(ifRange);
        return validator != null
                && validator.equals(date(response.first("Last-Modified")))
                && isStrong(validator, date(response.first("Date")));
    }

    /** RFC 9110 section 8.8.2.2: the page cannot have changed once more in the second of its Last-Modified. */
    private static boolean isStrong(Instant lastModified, @Nullable Instant date) {
        return date != null && !date.isBefore(lastModified.plusSeconds(1));
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

    /** Whether a list names the response's entity tag, or any. */
    private static boolean hasMatch(String list, Fields response, boolean isStrong) {
        if (list.strip().equals("*")) {
            return true;
        }
        String etag = response.first("ETag");
        if (etag == null) {
            return false;
        }
        if (list.equals(etag) && EntityTag.isTag(etag)) {
            return !isStrong || etag.charAt(0) != 'W';
        }
        EntityTag own = EntityTag.parse(etag);
        if (own == null) {
            return false;
        }
        for (EntityTag candidate : EntityTag.parseList(List.of(list))) {
            if (isStrong ? candidate.matchesStrongly(own) : candidate.matchesWeakly(own)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Instant date(@Nullable String value) {
        return value == null ? null : HttpDate.parse(value);
    }
}
