package dev.pagecache.redis;

/**
 * What of a reply is due: anything else ends the connection before memory is allocated for it.
 *
 * @param maxBytes most bytes of all bulk strings together
 * @param maxElements most elements of all arrays together
 * @param maxDepth how deep arrays may nest, 0 if none is due
 * @param mayBeNull whether null bulks and null arrays are due, which are read as null
 */
record ReplyLimits(int maxBytes, int maxElements, int maxDepth, boolean mayBeNull) {
    /** A status line or an integer. */
    static final ReplyLimits LINE = new ReplyLimits(0, 0, 0, false);

    /** One bulk string, a status line or an integer. */
    static ReplyLimits bulk(int maxBytes) {
        return new ReplyLimits(maxBytes, 0, 0, false);
    }

    /** An array without arrays in it, or what {@link #bulk} says. */
    static ReplyLimits array(int maxBytes, int maxElements) {
        return new ReplyLimits(maxBytes, maxElements, 1, false);
    }

    /** The same, and null too. */
    ReplyLimits orNull() {
        return new ReplyLimits(maxBytes, maxElements, maxDepth, true);
    }
}
