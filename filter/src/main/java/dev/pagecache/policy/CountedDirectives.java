package dev.pagecache.policy;

import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.Fields;
import dev.pagecache.http.TargetedField;
import java.time.Instant;
import java.util.List;

/**
 * The directives that count for storing a response: those of the targeted field where the settings name one and the
 * response has a valid one, else those of Cache-Control (RFC 9213 section 2.2).
 *
 * @param directives the directives
 * @param areTargeted whether they stand in the targeted field, so that neither Cache-Control nor Expires counts
 */
record CountedDirectives(CacheDirectives directives, boolean areTargeted) {

    /** The directives of a response. */
    static CountedDirectives of(Fields fields, PagePolicy policy) {
        String name = policy.targetedField();
        List<String> lines = name == null ? List.of() : fields.all(name);
        CacheDirectives targeted = lines.isEmpty() ? null : TargetedField.parse(lines);
        return targeted == null
                ? new CountedDirectives(CacheDirectives.parse(fields.all("Cache-Control")), false)
                : new CountedDirectives(targeted, true);
    }

    /** The lifetime they declare, as {@link FreshnessRules#declaredSeconds} gives it. */
    long declaredSeconds(Fields fields, Instant now) {
        return areTargeted
                ? FreshnessRules.declaredSeconds(directives)
                : FreshnessRules.declaredSeconds(directives, fields, now);
    }
}
