package dev.pagecache.policy;

/** An input that the application read while it rendered, and that no key holds. */
public enum Input {
    /** The session, even only to see whether there is one. */
    SESSION(Reason.SESSION),
    /** The user: principal, remote user, role, authentication. */
    PRINCIPAL(Reason.PRINCIPAL),
    /** A URL was encoded and came out with a session identifier in it. */
    SESSION_IN_URL(Reason.SESSION_IN_URL);

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
}
