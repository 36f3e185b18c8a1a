package dev.pagecache.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * Reads one reply of RESP2 within its limits. Jedis would allocate whatever length a bulk or an array claims, and keep
 * a line that never ends, which costs the caller an OutOfMemoryError if the server lies.
 */
final class ReplyReader {
    /** Redis' own error texts, with a command in them, are shorter. */
    private static final int MAX_LINE_BYTES = 4_096;

    private final RedisInputStream in;
    private final ReplyLimits limits;
    private int bytesLeft;
    private int elementsLeft;

    ReplyReader(RedisInputStream in, ReplyLimits limits) {
        this.in = in;
        this.limits = limits;
        this.bytesLeft = limits.maxBytes();
        this.elementsLeft = limits.maxElements();
    }

    /**
     * The reply: {@code byte[]} of a status line or a bulk string, Long, List of such, or null where it is due.
     *
     * @throws JedisDataException if it is an error reply, whole and read to its end
     * @throws JedisConnectionException if it is none that is due
     */
    @Nullable
    Object read() {
        byte type = in.readByte();
        return switch (type) {
            case '+' -> line();
            case '-' -> throw new JedisDataException(new String(line(), StandardCharsets.UTF_8));
            default -> value(type, 0);
        };
    }

    private @Nullable Object value(byte type, int depth) {
        return switch (type) {
            case ':' -> in.readLongCrLf();
            case '$' -> bulk();
            case '*' -> array(depth + 1);
            default -> throw new JedisConnectionException("a reply of a type that is not due");
        };
    }

    private byte[] line() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (byte b = in.readByte(); b != '\r'; b = in.readByte()) {
            if (line.size() == MAX_LINE_BYTES) {
                throw new JedisConnectionException("a line of a length that is not due");
            }
            line.write(b);
        }
        if (in.readByte() != '\n') {
            throw new JedisConnectionException("a line that ends in another way");
        }
        return line.toByteArray();
    }

    private byte @Nullable [] bulk() {
        int length = in.readIntCrLf();
        if (length == -1 && limits.mayBeNull()) {
            return null;
        }
        if (length < 0 || length > bytesLeft) {
            throw new JedisConnectionException("a reply of a length that is not due");
        }
        bytesLeft -= length;
        byte[] value = new byte[length];
        for (int at = 0; at < length; ) {
            int count = in.read(value, at, length - at);
            if (count < 0) {
                throw new JedisConnectionException("a reply that is cut off");
            }
            at += count;
        }
        if (in.readByte() != '\r' || in.readByte() != '\n') {
            throw new JedisConnectionException("a reply of another length than it says");
        }
        return value;
    }

    private @Nullable List<@Nullable Object> array(int depth) {
        int count = in.readIntCrLf();
        if (count == -1 && limits.mayBeNull()) {
            return null;
        }
        if (count < 0 || count > elementsLeft || depth > limits.maxDepth()) {
            throw new JedisConnectionException("an array that is not due");
        }
        elementsLeft -= count;
        List<@Nullable Object> elements = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            elements.add(value(in.readByte(), depth));
        }
        return elements;
    }
}
