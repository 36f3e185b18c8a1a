package dev.pagecache.policy;

/** An input that the application read while it rendered, and that no key holds. */
public enum Input {
    /** A session that is there, or that was made. */
    SESSION(Reason.SESSION),
    /** The user: principal, remote user, role, authentication. */
    PRINCIPAL(Reason.PRINCIPAL),
    /** A URL was encoded and came out with a session identifier in it. */
    SESSION_IN_URL(Reason.SESSION_IN_URL),
    /** The host or the port, where the key holds another name in place of them. */
    AUTHORITY(Reason.AUTHORITY),
    /** The client's address. */
    REMOTE_ADDRESS(Reason.REMOTE_ADDRESS),
    /** The connection: its own address and identity, its encryption. */
    CONNECTION(Reason.CONNECTION),
    /** An object that was handed on as an attribute by the container or a filter outside. */
    ATTRIBUTE(Reason.ATTRIBUTE),
    /** The content of the request. */
    CONTENT(Reason.REQUEST_CONTENT);

    private final Reason reason;

    Input(Reason reason) {
        this.reason = reason;
    }

    /**
     * Why a response that depends on it is not stored.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Whether no Vary can declare a dependence on it.
     *
     * @return true for a session identifier in a URL, and for the host
     */
    public boolean isNeverDeclared() {
        return this == SESSION_IN_URL || this == AUTHORITY;
    }
}
