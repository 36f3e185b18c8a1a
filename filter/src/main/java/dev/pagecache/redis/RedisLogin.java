package dev.pagecache.redis;

import org.jspecify.annotations.Nullable;

/**
 * What a connection says first.
 *
 * @param user ACL user, or null for the default user; needs a password
 * @param password password, or null to send none; never shown by {@link #toString}
 * @param database number of the database, 0 or more
 */
public record RedisLogin(@Nullable String user, @Nullable String password, int database) {
    /** Nothing: the default user without a password, database 0. */
    public static final RedisLogin NONE = new RedisLogin(null, null, 0);

    /**
     * Checks every value.
     *
     * @throws IllegalArgumentException naming the first that is not allowed
     */
    public RedisLogin {
        if (user != null && password == null) {
            throw new IllegalArgumentException("redis password is missing, allowed is any where a user is given");
        }
        if (database < 0) {
            throw new IllegalArgumentException("redis database is " + database + ", allowed is 0 or more");
        }
    }

    /** All but the password. */
    @Override
    public String toString() {
        return (user == null ? "" : user) + (password == null ? "" : ":***") + "@/" + database;
    }
}
