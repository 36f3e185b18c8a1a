package dev.pagecache.attack;

/** Where a site under attack keeps its pages. */
enum Stores {
    /** In its own memory. */
    MEMORY,
    /** In Redis only, so that every hit has been through bytes. */
    REDIS,
    /** In memory over Redis. */
    BOTH;

    boolean hasRedis() {
        return this != MEMORY;
    }
}
