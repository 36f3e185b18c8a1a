package dev.pagecache.policy;

import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.DeltaSeconds;
import dev.pagecache.http.FieldSyntax;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import dev.pagecache.http.VaryField;
import dev.pagecache.policy.PagePolicy.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which fields a stored page gets besides its own, and which of its own are not stored. */
public final class PageFieldRules {
    /** Fields of one connection (RFC 9111 section 3.1), and those that are made anew for each answer. */
    private static final Set<String> NOT_STORED = Set.of(
            "age",
            "connection",
            "content-length",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private PageFieldRules() {}

    /**
     * The fields that both the client and the store get in place of the response's own: Cache-Control and Expires as
     * Django adds them, and Vary where the settings or the page name more request fields. A cache that stores only what
     * responses declare adds nothing, and a lifetime that was guessed is not declared to others.
     */
    static Fields changes(
            ResponseFacts response,
            CacheDirectives directives,
            VaryField vary,
            PagePolicy policy,
            @Nullable Duration viewTimeout,
            long declaredSeconds,
            long storedSeconds,
            Instant now) {
        List<String> lines = new ArrayList<>(6);
        boolean isSetByView = viewTimeout != null;
        if (policy.browserTimeout() != null) {
            addBrowserFreshness(lines, directives, policy.browserTimeout(), now);
        } else if (isSetByView || policy.timeout() != null) {
            boolean isGuessed = !isSetByView && policy.has(Feature.HEURISTICS);
            addFreshness(lines, response, directives, isSetByView, isGuessed, declaredSeconds, storedSeconds, now);
        }
        addVary(lines, response, vary, policy);
        return Fields.of(lines.toArray(String[]::new));
    }

    /**
     * The same where a targeted field counts: Cache-Control and Expires speak to other caches and stay as they are (RFC
     * 9213 section 2.2), unless the settings say what browsers get.
     */
    static Fields changes(ResponseFacts response, VaryField vary, PagePolicy policy, Instant now) {
        List<String> lines = new ArrayList<>(6);
        if (policy.browserTimeout() != null) {
            CacheDirectives own = CacheDirectives.parse(response.fields().all("Cache-Control"));
            addBrowserFreshness(lines, own, policy.browserTimeout(), now);
        }
        addVary(lines, response, vary, policy);
        return Fields.of(lines.toArray(String[]::new));
    }

    /**
     * Which field names a stored page does not hold.
     *
     * @param fields the response's fields
     * @return true for a lower-case or other spelling of such a name
     */
    public static Predicate<String> notStored(Fields fields) {
        Set<String> named = new HashSet<>();
        for (String option : FieldSyntax.listMembers(fields.all("Connection"))) {
            named.add(option.toLowerCase(Locale.ROOT));
        }
        return name -> {
            String lower = name.toLowerCase(Locale.ROOT);
            return NOT_STORED.contains(lower) || named.contains(lower);
        };
    }

    private static void addBrowserFreshness(
            List<String> lines, CacheDirectives directives, Duration browserTimeout, Instant now) {
        lines.add("Cache-Control");
        lines.add(directives
                .with("max-age", Long.toString(browserTimeout.toSeconds()))
                .toFieldValue());
        lines.add("Expires");
        lines.add(HttpDate.format(now.plus(browserTimeout)));
    }

    private static void addFreshness(
            List<String> lines,
            ResponseFacts response,
            CacheDirectives directives,
            boolean isSetByView,
            boolean isGuessed,
            long declaredSeconds,
            long storedSeconds,
            Instant now) {
        boolean isForSharedOnly = directives.sMaxAge() != null && directives.maxAge() == null;
        boolean declaresNone = declaredSeconds == FreshnessRules.NONE;
        if (isForSharedOnly || storedSeconds == 0 || (declaresNone && isGuessed)) {
            return;
        }
        DeltaSeconds maxAge = directives.maxAge();
        boolean showsMaxAge = maxAge != null;
        long own = maxAge == null ? declaredSeconds : maxAge.seconds();
        long shown = declaresNone ? storedSeconds : Math.min(own, storedSeconds);
        if (declaresNone || isSetByView) {
            lines.add("Cache-Control");
            lines.add(directives.with("max-age", Long.toString(shown)).toFieldValue());
            showsMaxAge = true;
        }
        if (showsMaxAge && !response.fields().has("Expires")) {
            lines.add("Expires");
            lines.add(HttpDate.format(now.plusSeconds(shown)));
        }
    }

    private static void addVary(List<String> lines, ResponseFacts response, VaryField vary, PagePolicy policy) {
        String added = addedVary(response, vary, policy);
        if (!added.isEmpty()) {
            List<String> own = response.fields().all("Vary");
            lines.add("Vary");
            lines.add(own.isEmpty() ? added : String.join(", ", own) + ", " + added);
        }
    }

    /** Names that Vary does not have yet, as a list. */
    private static String addedVary(ResponseFacts response, VaryField vary, PagePolicy policy) {
        List<String> added = new ArrayList<>();
        for (String name : response.wishes().vary()) {
            addOnce(added, vary, FactNames.isCookie(name) ? "Cookie" : name);
        }
        for (String name : policy.vary()) {
            addOnce(added, vary, name);
        }
        return String.join(", ", added);
    }

    private static void addOnce(List<String> added, VaryField vary, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (vary.names().contains(lower)) {
            return;
        }
        for (String other : added) {
            if (other.equalsIgnoreCase(name)) {
                return;
            }
        }
        added.add(name);
    }
}
