package dev.pagecache.policy;

import dev.pagecache.entry.Page;
import dev.pagecache.http.CacheDirectives;
import dev.pagecache.http.DeltaSeconds;
import dev.pagecache.http.EntityTag;
import dev.pagecache.http.Fields;
import dev.pagecache.http.HttpDate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asking the application whether a stored page still holds, and what its 304 changes (RFC 9111 section 4.3). */
public final class FresheningRules {
    /** Fields that describe the stored content itself, which a 304 does not bring (RFC 9111 section 3.2). */
    private static final Set<String> OF_CONTENT =
            Set.of("content-encoding", "content-length", "content-md5", "content-range", "etag");

    private static final int OK = 200;

    private FresheningRules() {}

    /**
     * The conditional fields by which the application can tell whether a page still holds (RFC 9111 section 4.3.1). An
     * entity tag that the cache made from the content is none of the application's. A 304 stands for a 200 (RFC 9110
     * section 15.4.5), so that it could confirm no other page.
     *
     * @param page a stored page
     * @return If-None-Match and If-Modified-Since, as far as it has validators; empty if it has none
     */
    public static Fields conditions(Page page) {
        if (page.status() != OK) {
            return Fields.empty();
        }
        List<String> lines = new ArrayList<>(4);
        String etag = page.traits().hasContentTag() ? null : page.fields().first("ETag");
        if (etag != null) {
            lines.add("If-None-Match");
            lines.add(etag);
        }
        String lastModified = page.fields().first("Last-Modified");
        if (lastModified != null) {
            lines.add("If-Modified-Since");
            lines.add(lastModified);
        }
        return Fields.of(lines.toArray(String[]::new));
    }

    /**
     * Whether a 304 is about a stored page: the validators that it has are those of the page (RFC 9111 section 4.3.4).
     * One about another representation freshens nothing.
     *
     * @param page a stored page
     * @param notModified the fields of the 304
     * @return false if its entity tag, or its Last-Modified where it has no tag, is another than the page's
     */
    public static boolean confirms(Page page, Fields notModified) {
        String etag = notModified.first("ETag");
        if (etag != null) {
            String own = page.traits().hasContentTag() ? null : page.fields().first("ETag");
            return own != null && (etag.equals(own) || matches(EntityTag.parse(etag), EntityTag.parse(own)));
        }
        String lastModified = notModified.first("Last-Modified");
        String own = page.fields().first("Last-Modified");
        if (lastModified == null || own == null || lastModified.equals(own)) {
            return true;
        }
        Instant modified = HttpDate.parse(lastModified);
        return modified != null && modified.equals(HttpDate.parse(own));
    }

    private static boolean matches(@Nullable EntityTag one, @Nullable EntityTag other) {
        return one != null && other != null && one.matchesWeakly(other);
    }

    /**
     * A stored page as a response that a 304 confirmed. It keeps its tags: who confirms it may not come by what names
     * them. Where browsers are told another time than it is stored for, the stored fields do not say for how long it
     * was; then that counts as the application's wish, unless the 304 says anew.
     *
     * @param page a stored page
     * @param notModified the 304
     * @param policy the settings
     * @return the response, with the fields that {@link #merge} gives
     */
    public static ResponseFacts freshened(Page page, ResponseFacts notModified, PagePolicy policy) {
        PageWishes wishes = notModified.wishes();
        Set<String> tags = new LinkedHashSet<>(page.tags());
        tags.addAll(wishes.tags());
        boolean isTimeHidden = policy.browserTimeout() != null && !declaresLifetime(notModified.fields(), policy);
        Duration timeout = wishes.timeout() == null && isTimeHidden
                ? Duration.ofMillis(page.lifetime().freshMillis())
                : wishes.timeout();
        return new ResponseFacts(
                page.status(),
                merge(page.fields(), notModified.fields()),
                notModified.inputs(),
                new PageWishes(wishes.isNotStored(), timeout, wishes.vary(), List.copyOf(tags)),
                notModified.hasTrailers());
    }

    /**
     * The fields of a page after a 304 confirmed it (RFC 9111 sections 3.2 and 4.3.4): each field that the 304 has
     * takes the place of all stored lines of its name, those of the content and of one connection excepted; what the
     * 304 leaves out stays. A 304 answers with the entity tag that was asked for, so the stored one stays.
     *
     * @param stored the stored fields
     * @param notModified the fields of the 304
     * @return the merged fields; without Date if the 304 has none, since the page is as of now
     */
    public static Fields merge(Fields stored, Fields notModified) {
        Predicate<String> isNotStored = PageFieldRules.notStored(notModified);
        boolean isTypeKnown = isTypeOf(notModified.first("Content-Type"), stored.first("Content-Type"));
        Fields update = notModified.without(name -> OF_CONTENT.contains(name.toLowerCase(Locale.ROOT))
                || (isTypeKnown && name.equalsIgnoreCase("Content-Type"))
                || (isNotStored.test(name) && !isAge(name)));
        boolean isExpiresMade = !update.has("Expires") && repeatsMaxAge(stored);
        Fields kept = stored.without(name -> update.has(name)
                || name.equalsIgnoreCase("Date")
                || (isExpiresMade && name.equalsIgnoreCase("Expires")));
        List<String> lines = new ArrayList<>(2 * (kept.size() + update.size()));
        add(lines, kept);
        add(lines, update);
        return Fields.of(lines.toArray(String[]::new));
    }

    /**
     * Whether a 304 says anew for how long the page is fresh. If it does not, the page is fresh for as long as before.
     *
     * @param notModified the fields of the 304
     * @param policy the settings
     * @return true if it has Cache-Control, Expires, or the targeted field
     */
    public static boolean declaresLifetime(Fields notModified, PagePolicy policy) {
        String targeted = policy.targetedField();
        return notModified.has("Cache-Control")
                || notModified.has("Expires")
                || (targeted != null && notModified.has(targeted));
    }

    /** An Expires that only says again what max-age says would be left behind by it. */
    private static boolean repeatsMaxAge(Fields stored) {
        DeltaSeconds maxAge = CacheDirectives.parse(stored.all("Cache-Control")).maxAge();
        Instant date = date(stored.first("Date"));
        Instant expires = date(stored.first("Expires"));
        return maxAge != null
                && date != null
                && expires != null
                && Math.abs(Duration.between(date, expires).toSeconds() - maxAge.seconds()) <= 1;
    }

    /**
     * Whether a type without parameters is that of the stored content. A servlet container adds the charset when
     * content is written, and there is none beside a 304: the stored one still holds.
     */
    private static boolean isTypeOf(@Nullable String type, @Nullable String stored) {
        int semicolon = stored == null ? -1 : stored.indexOf(';');
        return type != null
                && stored != null
                && semicolon >= 0
                && type.strip().equalsIgnoreCase(stored.substring(0, semicolon).strip());
    }

    private static @Nullable Instant date(@Nullable String text) {
        return text == null ? null : HttpDate.parse(text);
    }

    private static boolean isAge(String name) {
        return name.equalsIgnoreCase("Age");
    }

    private static void add(List<String> lines, Fields fields) {
        for (int i = 0; i < fields.size(); i++) {
            lines.add(fields.name(i));
            lines.add(fields.value(i));
        }
    }
}
