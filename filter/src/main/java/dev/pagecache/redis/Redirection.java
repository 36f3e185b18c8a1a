package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A server of a cluster says which one to ask instead.
 *
 * @param target the other one
 * @param isAsk whether it is so for this command only, since the slot is on its way
 */
record Redirection(RedisAddress target, boolean isAsk) {
    private static final String MOVED = "MOVED ";
    private static final String ASK = "ASK ";

    static boolean isOne(JedisDataException e) {
        String message = e.getMessage();
        return message != null && (message.startsWith(MOVED) || message.startsWith(ASK));
    }

    /** What an exception says, or null if it is another trouble or names no address. */
    static @Nullable Redirection of(RemoteException e, RedisAddress from) {
        if (!(e.getCause() instanceof JedisDataException data) || !isOne(data)) {
            return null;
        }
        String message = String.valueOf(data.getMessage());
        int space = message.lastIndexOf(' ');
        int colon = message.lastIndexOf(':');
        if (colon < space) {
            return null;
        }
        RedisAddress target =
                Announced.address(message.substring(space + 1, colon), message.substring(colon + 1), from);
        return target == null ? null : new Redirection(target, message.startsWith(ASK));
    }
}
