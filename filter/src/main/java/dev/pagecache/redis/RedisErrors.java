package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.net.SocketTimeoutException;
import redis.clients.jedis.exceptions.JedisDataException;

/** What the errors of Redis and Jedis mean. */
final class RedisErrors {
    private static final int MAX_CODE_LENGTH = 20;

    private RedisErrors() {}

    /**
     * Whether a reply speaks of what stands at the key, so that server and connection are well. Every other error reply
     * (READONLY, LOADING, BUSY, MASTERDOWN, NOAUTH, NOPERM, MISCONF, OOM, …) says that the server cannot serve us now.
     */
    static boolean isAboutTheValue(JedisDataException e) {
        return code(e).equals("WRONGTYPE");
    }

    static boolean isTimeout(RuntimeException e) {
        return e.getCause() instanceof SocketTimeoutException;
    }

    /** The exception in the words of the port; texts of the server stay in the cause, they may hold keys. */
    static RemoteException translate(RuntimeException e, boolean isOverdue) {
        if (e instanceof RemoteException own) {
            return own;
        }
        if (e instanceof JedisDataException data) {
            return isAboutTheValue(data)
                    ? new RemoteException(Kind.BAD_VALUE, "another type of value", e)
                    : new RemoteException(Kind.UNAVAILABLE, "error reply " + code(data), e);
        }
        if (Thread.currentThread().isInterrupted()) {
            return new RemoteException(Kind.EXHAUSTED, "interrupted", e);
        }
        String what = isOverdue || isTimeout(e) ? "no answer in time" : "connection failed";
        return new RemoteException(Kind.UNAVAILABLE, what, e);
    }

    /** The first word of an error reply if it looks like a code, else a word for that. */
    private static String code(JedisDataException e) {
        String message = e.getMessage() == null ? "" : e.getMessage();
        int end = 0;
        while (end < message.length() && message.charAt(end) >= 'A' && message.charAt(end) <= 'Z') {
            end++;
        }
        boolean isWord = end > 0 && end <= MAX_CODE_LENGTH && (end == message.length() || message.charAt(end) == ' ');
        return isWord ? message.substring(0, end) : "without code";
    }
}
