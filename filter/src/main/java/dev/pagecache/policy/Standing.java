package dev.pagecache.policy;

/** What purges have made of a stored page that is not dead. */
public enum Standing {
    /** Nothing that matters to its freshness. */
    GOOD,
    /** It was purged softly: it counts as just expired, however fresh it is. */
    EXPIRED
}
