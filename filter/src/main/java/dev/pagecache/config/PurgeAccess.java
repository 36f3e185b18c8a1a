package dev.pagecache.config;

/** Who may purge by the method PURGE. */
public enum PurgeAccess {
    /** Nobody: the method is the application's. */
    OFF,
    /** Who connects from this machine. */
    LOOPBACK,
    /** Who has the token. */
    TOKEN
}
