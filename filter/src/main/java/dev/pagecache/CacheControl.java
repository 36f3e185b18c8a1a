package dev.pagecache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Directives merged into the {@code Cache-Control} field of every response of the annotated servlet class (Django's
 * {@code cache_control}). The servlet's own directives stay; of two {@code max-age} values the smaller counts;
 * {@code isPrivate} takes away a {@code public} of the servlet, and a {@code private} of the servlet stays whatever
 * {@code isPublic} says. RFC 9111 section 5.2.2 defines the directives.
 *
 * @since 0.1
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CacheControl {

    /** Says that a number was left out. */
    long UNSET = Long.MIN_VALUE;

    /**
     * The {@code max-age} directive.
     *
     * @return seconds, 0 or more, or {@link #UNSET}
     */
    long maxAge() default UNSET;

    /**
     * The {@code s-maxage} directive.
     *
     * @return seconds, 0 or more, or {@link #UNSET}
     */
    long sMaxage() default UNSET;

    /**
     * The {@code stale-while-revalidate} directive (RFC 5861 section 3).
     *
     * @return seconds, 0 or more, or {@link #UNSET}
     */
    long staleWhileRevalidate() default UNSET;

    /**
     * The {@code stale-if-error} directive (RFC 5861 section 4).
     *
     * @return seconds, 0 or more, or {@link #UNSET}
     */
    long staleIfError() default UNSET;

    /**
     * The {@code public} directive.
     *
     * @return whether it is added
     */
    boolean isPublic() default false;

    /**
     * The {@code private} directive.
     *
     * @return whether it is added
     */
    boolean isPrivate() default false;

    /**
     * The {@code no-cache} directive.
     *
     * @return whether it is added
     */
    boolean noCache() default false;

    /**
     * The {@code no-store} directive.
     *
     * @return whether it is added
     */
    boolean noStore() default false;

    /**
     * The {@code no-transform} directive.
     *
     * @return whether it is added
     */
    boolean noTransform() default false;

    /**
     * The {@code must-revalidate} directive.
     *
     * @return whether it is added
     */
    boolean mustRevalidate() default false;

    /**
     * The {@code proxy-revalidate} directive.
     *
     * @return whether it is added
     */
    boolean proxyRevalidate() default false;

    /**
     * The {@code immutable} directive (RFC 8246).
     *
     * @return whether it is added
     */
    boolean immutable() default false;
}
