package dev.pagecache.policy;

import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.DeltaSeconds;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import dev.pagecache.policy.PagePolicy.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How long a response is fresh (RFC 9111 section 4.2). */
public final class FreshnessRules {
    /** A lifetime that cannot be read. */
    static final long MALFORMED = -1;

    /** No lifetime. */
    static final long NONE = -2;

    /** Statuses that are heuristically cacheable (RFC 9110 section 15.1). */
    private static final Set<Integer> HEURISTIC = Set.of(200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 501);

    /** A page that can be validated is kept for at least so long after it became stale, and for at most a day. */
    private static final long MIN_VALIDATION_SECONDS = 600;

    private static final long MAX_VALIDATION_SECONDS = 86_400;

    /** Date has whole seconds, and a response is on its way for a moment: less than this is no age. */
    private static final long DATE_SLACK_SECONDS = 2;

    private FreshnessRules() {}

    /**
     * The lifetime that the response declares: s-maxage, else max-age, else Expires.
     *
     * @param directives its Cache-Control
     * @param fields its fields
     * @param now the time it was received
     * @return seconds, or {@link #MALFORMED} or {@link #NONE}
     */
    static long declaredSeconds(CacheDirectives directives, Fields fields, Instant now) {
        long declared = declaredSeconds(directives);
        if (declared != NONE) {
            return declared;
        }
        List<String> expires = fields.all("Expires");
        return expires.isEmpty() ? NONE : secondsUntil(expires, fields, now);
    }

    /**
     * The lifetime that directives declare: s-maxage, else max-age.
     *
     * @param directives Cache-Control or a targeted field
     * @return seconds, or {@link #MALFORMED} or {@link #NONE}
     */
    static long declaredSeconds(CacheDirectives directives) {
        DeltaSeconds declared = directives.sMaxAge() != null ? directives.sMaxAge() : directives.maxAge();
        if (declared == null) {
            return NONE;
        }
        return declared.isValid() ? declared.seconds() : MALFORMED;
    }

    /** Whether a lifetime may be guessed (RFC 9111 sections 4.2.2 and 5.2.2.9). */
    static boolean isHeuristic(int status, CacheDirectives directives, PagePolicy policy) {
        return policy.has(Feature.HEURISTICS) && (HEURISTIC.contains(status) || directives.isPublic());
    }

    /**
     * How long a page is kept after its freshness, to be validated.
     *
     * @param fields its fields, as the application set them
     * @param freshSeconds its freshness lifetime
     * @return seconds, 0 if it has no validator
     */
    static long validationSeconds(Fields fields, long freshSeconds) {
        return fields.has("ETag") || fields.has("Last-Modified")
                ? Math.max(MIN_VALIDATION_SECONDS, Math.min(MAX_VALIDATION_SECONDS, freshSeconds))
                : 0;
    }

    /**
     * The lifetime by which a page is stored: the view's, else the declared one, else by heuristics where they are on,
     * else the default.
     *
     * @param viewTimeout the view's or the page's own, or null
     * @param declaredSeconds what {@link #declaredSeconds} said, not malformed
     * @param isHeuristic whether it may be guessed
     * @param fields its fields
     * @param policy the settings
     * @param now the time it was received
     * @return seconds, or {@link #NONE}
     */
    static long storedSeconds(
            @Nullable Duration viewTimeout,
            long declaredSeconds,
            boolean isHeuristic,
            Fields fields,
            PagePolicy policy,
            Instant now) {
        if (viewTimeout != null) {
            return seconds(viewTimeout);
        }
        if (declaredSeconds != NONE) {
            return declaredSeconds;
        }
        if (isHeuristic) {
            long heuristic = heuristicSeconds(fields, now);
            if (heuristic != NONE) {
                return heuristic;
            }
        }
        return policy.timeout() == null ? NONE : seconds(policy.timeout());
    }

    /** Whole seconds from 0 to those that are told from no longer time (RFC 9111 section 1.2.2). */
    private static long seconds(Duration duration) {
        return Math.max(0, Math.min(DeltaSeconds.MAX.seconds(), duration.toSeconds()));
    }

    /**
     * The age a response came with (RFC 9111 section 4.2.3): the larger of what it says itself and of the time since
     * its Date.
     *
     * @param fields its fields; Date only where the application set it
     * @param now the time it was received
     * @return seconds, 0 or more
     */
    static long initialAgeSeconds(Fields fields, Instant now) {
        return Math.max(ageSeconds(fields), apparentAgeSeconds(fields, now));
    }

    /** The first member of Age, where it is a number (RFC 9111 section 5.1). */
    private static long ageSeconds(Fields fields) {
        String age = fields.first("Age");
        if (age == null) {
            return 0;
        }
        int comma = age.indexOf(',');
        return DeltaSeconds.parse((comma < 0 ? age : age.substring(0, comma)).strip())
                .seconds();
    }

    private static long apparentAgeSeconds(Fields fields, Instant now) {
        long seconds = Duration.between(date(fields, now), now).toSeconds();
        return seconds < DATE_SLACK_SECONDS ? 0 : Math.min(seconds, DeltaSeconds.MAX.seconds());
    }

    /** RFC 9111 section 5.3: several lines, or one that is no date, mean expired. */
    private static long secondsUntil(List<String> expires, Fields fields, Instant now) {
        Instant end = expires.size() == 1 ? HttpDate.parse(expires.get(0), now) : null;
        if (end == null) {
            return 0;
        }
        return seconds(Duration.between(date(fields, now), end));
    }

    /** RFC 9111 section 4.2.2: a tenth of the time since the last modification. */
    private static long heuristicSeconds(Fields fields, Instant now) {
        String lastModified = fields.first("Last-Modified");
        Instant modified = lastModified == null ? null : HttpDate.parse(lastModified, now);
        if (modified == null) {
            return NONE;
        }
        return seconds(Duration.between(modified, date(fields, now)).dividedBy(10));
    }

    private static Instant date(Fields fields, Instant now) {
        String date = fields.first("Date");
        Instant parsed = date == null ? null : HttpDate.parse(date, now);
        return parsed == null ? now : parsed;
    }
}
