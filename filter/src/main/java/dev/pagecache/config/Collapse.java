package dev.pagecache.config;

/** How far one render per key reaches. */
public enum Collapse {
    /** Every request renders for itself. */
    OFF,
    /** One render per key in this JVM; the others wait for it. */
    NODE,
    /** One render per key among all nodes that share a Redis; without one as {@link #NODE}. */
    CLUSTER
}
