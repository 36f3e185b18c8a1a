package dev.pagecache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Pages of the annotated servlet class are cached (Django's {@code cache_page}).
 *
 * <p>With {@code scope=view} only servlets that carry this annotation are cached; with {@code scope=site} it refines
 * the site's settings for its servlet. What may not be shared is not stored, whatever this annotation says: a page that
 * sets a cookie, is {@code private}, reads the session, and so on.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CachePage {

    /** Says that a number was left out. */
    long UNSET = Long.MIN_VALUE;

    /**
     * Seconds for which a page is stored, which wins over every lifetime the response declares, as in Django. Zero or
     * less means not stored. Left out, the response's own lifetime counts, else the filter's {@code timeout}.
     *
     * @return seconds, or {@link #UNSET}
     */
    long value() default UNSET;

    /**
     * Alias of the cache to use.
     *
     * @return an alias, or empty for the filter's cache
     */
    String cache() default "";

    /**
     * Site identity in the key, instead of the filter's {@code keyPrefix}.
     *
     * @return a prefix, or empty for the filter's
     */
    String keyPrefix() default "";

    /**
     * Request header names that take part in the key in addition to the filter's {@code vary}; they are added to the
     * {@code Vary} field of a stored page.
     *
     * @return header names; empty means no more
     */
    String[] vary() default {};

    /**
     * Names under which the pages can be purged together. Each has 1 to 128 characters of {@code A-Z a-z 0-9 _ . : /
     * -}.
     *
     * @return tags; empty means none
     */
    String[] tags() default {};

    /**
     * Seconds after the page's freshness during which it is served stale while one request renews it (RFC 5861 section
     * 3), where the response names none.
     *
     * @return seconds, 0 or more, or {@link #UNSET} for the filter's setting
     */
    long staleWhileRevalidate() default UNSET;

    /**
     * Seconds after the page's freshness during which it is served if rendering fails (RFC 5861 section 4), where the
     * response names none.
     *
     * @return seconds, 0 or more, or {@link #UNSET} for the filter's setting
     */
    long staleIfError() default UNSET;
}
