package dev.pagecache.config;

/** Which requests a filter handles. */
public enum Scope {
    /** Every request that the filter is mapped to. */
    SITE,
    /** Only those of servlets with {@code @CachePage}. */
    VIEW
}
