package dev.pagecache.servlet;

/** Names that several classes of this package use. */
final class ServletNames {
    /** The RFC 9211 field. */
    static final String CACHE_STATUS = "Cache-Status";

    /**
     * Request attribute by which a filter sees that the request is taken care of; its value is the exchange, or a mark.
     */
    static final String EXCHANGE = "dev.pagecache.exchange";

    /** Request attribute that holds the exchange of an unsafe method, for the dispatches that belong to it. */
    static final String UNSAFE = "dev.pagecache.unsafe";

    private ServletNames() {}
}
