package dev.pagecache.config;

import dev.pagecache.CacheControl;
import dev.pagecache.CachePage;
import dev.pagecache.NeverCache;
import dev.pagecache.VaryOnCookie;
import dev.pagecache.VaryOnHeaders;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.TagSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges a filter's settings with the annotations of a servlet class. A value that is not allowed is an
 * IllegalArgumentException naming class, attribute, value and what is allowed.
 *
 * <p>Safe for use by many threads.
 */
public final class ViewSettings {
    private ViewSettings() {}

    /**
     * The settings of one servlet.
     *
     * @param isCached whether the class has {@code @CachePage}
     * @param isNeverCached whether it has {@code @NeverCache}
     * @param policy how its pages are decided
     * @param cacheAlias alias of the cache it uses
     * @param addedVary names that {@code @VaryOnHeaders} and {@code @VaryOnCookie} add to each response's Vary, as
     *     written, possibly {@code *}
     * @param cacheControl directives to merge into each response's Cache-Control, or null if there are none
     */
    public record View(
            boolean isCached,
            boolean isNeverCached,
            PagePolicy policy,
            String cacheAlias,
            List<String> addedVary,
            @Nullable CacheControl cacheControl) {

        /** Copies the names. */
        public View {
            addedVary = List.copyOf(addedVary);
        }
    }

    /**
     * Merges the annotations of a class into the settings of its filter.
     *
     * @param base the filter's policy
     * @param baseCache alias of the filter's cache
     * @param servletClass the class, whose superclasses' annotations count as well
     * @return the settings of the servlet
     * @throws IllegalArgumentException if an annotation has a value that is not allowed
     */
    public static View merge(PagePolicy base, String baseCache, Class<?> servletClass) {
        CachePage page = servletClass.getAnnotation(CachePage.class);
        CacheControl control = servletClass.getAnnotation(CacheControl.class);
        checkWindows(servletClass, control);
        return new View(
                page != null,
                servletClass.isAnnotationPresent(NeverCache.class),
                page == null ? base : refine(base, page, servletClass),
                page == null || page.cache().isEmpty() ? baseCache : alias(page, servletClass),
                addedVary(servletClass),
                control);
    }

    private static PagePolicy refine(PagePolicy base, CachePage page, Class<?> owner) {
        TreeSet<String> vary = new TreeSet<>(base.vary());
        vary.addAll(checked(owner, "@CachePage vary", List.of(page.vary()), "header names", ValueSyntax::fieldNames));
        TreeSet<String> tags = new TreeSet<>(base.tags());
        for (String tag : page.tags()) {
            if (!TagSyntax.isTag(tag)) {
                throw wrong(owner, "@CachePage tags", tag, "it is no tag", TagSyntax.ALLOWED);
            }
            tags.add(tag);
        }
        return base.forView(
                keyPrefix(base, page, owner),
                page.value() == CachePage.UNSET ? base.viewTimeout() : seconds(Math.max(0, page.value())),
                List.copyOf(vary),
                window(
                        owner,
                        "@CachePage staleWhileRevalidate",
                        page.staleWhileRevalidate(),
                        base.staleWhileRevalidate()),
                window(owner, "@CachePage staleIfError", page.staleIfError(), base.staleIfError()),
                List.copyOf(tags));
    }

    private static String keyPrefix(PagePolicy base, CachePage page, Class<?> owner) {
        if (page.keyPrefix().isEmpty()) {
            return base.keyPrefix();
        }
        Parameter<String> parameter = FilterParameters.KEY_PREFIX;
        return checked(owner, "@CachePage keyPrefix", page.keyPrefix(), parameter.allowed(), parameter.parser()::parse);
    }

    private static String alias(CachePage page, Class<?> owner) {
        Parameter<String> parameter = FilterParameters.CACHE;
        return checked(owner, "@CachePage cache", page.cache(), parameter.allowed(), parameter.parser()::parse);
    }

    private static List<String> addedVary(Class<?> owner) {
        List<String> names = new ArrayList<>();
        VaryOnHeaders headers = owner.getAnnotation(VaryOnHeaders.class);
        if (headers != null) {
            names.addAll(List.of(headers.value()));
            checked(owner, "@VaryOnHeaders value", List.copyOf(names), "header names", ValueSyntax::tokens);
        }
        boolean namesCookie = names.stream().anyMatch("Cookie"::equalsIgnoreCase);
        if (owner.isAnnotationPresent(VaryOnCookie.class) && !namesCookie) {
            names.add("Cookie");
        }
        return names;
    }

    private static void checkWindows(Class<?> owner, @Nullable CacheControl control) {
        if (control == null) {
            return;
        }
        window(owner, "@CacheControl maxAge", control.maxAge(), Duration.ZERO);
        window(owner, "@CacheControl sMaxage", control.sMaxage(), Duration.ZERO);
        window(owner, "@CacheControl staleWhileRevalidate", control.staleWhileRevalidate(), Duration.ZERO);
        window(owner, "@CacheControl staleIfError", control.staleIfError(), Duration.ZERO);
    }

    /** The duration of an attribute in seconds, or the given one where it was left out. */
    private static Duration window(Class<?> owner, String attribute, long seconds, Duration otherwise) {
        if (seconds == CachePage.UNSET) {
            return otherwise;
        }
        if (seconds < 0) {
            throw wrong(owner, attribute, seconds, "it is negative", "0 or more seconds");
        }
        return seconds(seconds);
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(Math.min(seconds, ValueSyntax.MAX_DURATION.toSeconds()));
    }

    /** A check of an attribute's value. */
    private interface Check<A, B> {
        B apply(A value);
    }

    private static <A, B> B checked(Class<?> owner, String attribute, A value, String allowed, Check<A, B> check) {
        try {
            return check.apply(value);
        } catch (IllegalArgumentException e) {
            throw wrong(owner, attribute, value, String.valueOf(e.getMessage()), allowed);
        }
    }

    private static IllegalArgumentException wrong(
            Class<?> owner, String attribute, Object value, String reason, String allowed) {
        return new IllegalArgumentException(attribute + " on " + owner.getName() + " has the wrong value \"" + value
                + "\": " + reason + "; allowed: " + allowed);
    }
}
