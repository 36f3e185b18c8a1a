package dev.pagecache.proof;

/**
 * An answer that must not be.
 *
 * @param type what is wrong with it
 * @param detail what was asked and what came
 */
record Violation(Type type, String detail) {

    /** What can be wrong, worst first. */
    enum Type {
        /** The page of another URL or variant. */
        FOREIGN_PAGE,
        /** The page of another user. */
        OTHER_USER,
        /** A name that was said to somebody else. */
        REPEATED_NAME,
        /** A body that is not one from its first byte to its last. */
        TORN,
        /** Older than a change that the same node had acknowledged. */
        STALE_HERE,
        /** Older than a change that any node had acknowledged longer ago than the bound. */
        STALE_ANYWHERE,
        /** Of a version that the data do not have yet. */
        FUTURE,
        /** A status that the application did not give. */
        STATUS,
        /** Cut off, and not by the application. */
        CUT_OFF,
        /** Fields that contradict themselves or the body. */
        FIELDS,
        /** Later than any answer should be. */
        SLOW
    }

    @Override
    public String toString() {
        return type + ": " + detail;
    }
}
