package dev.pagecache.store;

import org.jspecify.annotations.Nullable;

/** Trouble with a remote store. */
public final class RemoteException extends RuntimeException {

    /** What kind of trouble. */
    public enum Kind {
        /**
         * The store cannot be reached, does not answer in time, or says that it cannot serve now: opens the breaker.
         */
        UNAVAILABLE,
        /**
         * Only the server of this name is away, and others of the store serve: a miss that does not open the breaker,
         * because names elsewhere would miss too.
         */
        PARTIAL,
        /** No connection was free in time: a miss that says nothing about the store. */
        EXHAUSTED,
        /** What stands at the name is no value of ours: the name is to be cleared. */
        BAD_VALUE
    }

    private final Kind kind;

    /**
     * Trouble of a kind.
     *
     * @param kind its kind
     * @param message what happened, without keys, values or passwords
     * @param cause what was thrown, or null
     */
    public RemoteException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /**
     * The kind of trouble.
     *
     * @return its kind
     */
    public Kind kind() {
        return kind;
    }
}
