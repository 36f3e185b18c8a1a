package dev.pagecache.proof;

/** What a page depends on, and how it is sent. The paths of a kind begin with its folder. */
enum Kind {
    /** Public and asked for often. */
    HOT("hot"),
    /** Public, completed by another thread. */
    ASYNC("async"),
    /** Public, longer than what is held back before the first byte, some longer than what is stored. */
    BIG("big"),
    /** Names the user of the servlet session. */
    SESSION("me"),
    /** Names the value of a cookie that is read and not declared. */
    COOKIE("cookie"),
    /** Sets a cookie with a new name and greets by it; reads nothing. */
    NEWCOMER("new"),
    /** Says {@code private}, and a name that nobody else gets; reads nothing. */
    PRIVATE("own"),
    /** Names the user of the Authorization field. */
    AUTHORIZED("auth"),
    /** The same to all users of the Authorization field, and says so. */
    SHARED("shared"),
    /** Varies by a header that it declares. */
    DECLARED("vary"),
    /** Varies by a header that it reads and does not declare. */
    LEARNED("seen"),
    /** Fails in many ways, more often than not. */
    FLAKY("flaky");

    private final String folder;

    Kind(String folder) {
        this.folder = folder;
    }

    String folder() {
        return folder;
    }

    /** Whether the page says a name that no other answer may say. */
    boolean isUnique() {
        return this == NEWCOMER || this == PRIVATE;
    }

    /** Whether its servlet ends in errors and cuts answers off. */
    boolean mayFail() {
        return this == FLAKY;
    }
}
