package dev.pagecache.redis;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What replies are read as. Each method throws if it is given a reply of another type: then the line is out of step.
 */
final class Replies {
    private Replies() {}

    /** A bulk string or a status line. */
    static byte[] bytes(@Nullable Object reply) {
        return as(byte[].class, reply);
    }

    /** An integer. */
    static long number(@Nullable Object reply) {
        return as(Long.class, reply);
    }

    /** An array; its elements are {@code byte[]}, Long, List or null, as the limits of the call allow. */
    static List<?> list(@Nullable Object reply) {
        return as(List.class, reply);
    }

    /** Exactly these bytes. */
    static byte[] expect(byte[] expected, @Nullable Object reply) {
        byte[] bytes = bytes(reply);
        if (!Arrays.equals(expected, bytes)) {
            throw new IllegalStateException("another reply than expected: out of step");
        }
        return bytes;
    }

    private static <T> T as(Class<T> type, @Nullable Object reply) {
        if (!type.isInstance(reply)) {
            throw new IllegalStateException("a reply of another type: out of step");
        }
        return type.cast(reply);
    }
}
