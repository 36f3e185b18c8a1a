package dev.pagecache.redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/** One connection to Redis. Used by one caller at a time. */
final class Line extends Connection {
    /** Redis' own error texts, with a command in them, are shorter. */
    private static final int MAX_LINE_BYTES = 4_096;

    private final GuardedSocket socket;

    /** Most bytes of the next bulk reply; 0 while connecting, when none is due. */
    private int maxReplyBytes;

    /** Connects, authenticates and selects the database within the deadline that the socket has. */
    Line(GuardedSocket socket, JedisClientConfig config) {
        super(socket, config);
        this.socket = socket;
    }

    GuardedSocket socket() {
        return socket;
    }

    /**
     * Sends a command and reads its reply. Afterwards the line is in step with the server only if {@link Call#isInStep}
     * says so.
     */
    <T> T call(Call<T> call, long deadlineNanos) {
        call.isInStep = false;
        maxReplyBytes = call.maxReplyBytes;
        socket.begin(deadlineNanos);
        try {
            T reply = call.reader.apply(executeCommand(call.command));
            call.isInStep = true;
            return reply;
        } catch (JedisDataException e) {
            call.isInStep = RedisErrors.isAboutTheValue(e);
            throw e;
        } finally {
            call.isInStep &= socket.end() && !isBroken();
        }
    }

    /**
     * Reads a reply of one of the four RESP2 types that our commands have. Jedis would allocate whatever length a bulk
     * or an array claims, and keep a line that never ends, which costs the caller an OutOfMemoryError if the server
     * lies.
     */
    @Override
    protected Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
        return switch (in.readByte()) {
            case '+' -> line(in);
            case ':' -> in.readLongCrLf();
            case '-' -> throw new JedisDataException(new String(line(in), StandardCharsets.UTF_8));
            case '$' -> bulk(in);
            default -> throw new JedisConnectionException("a reply of a type that is not due");
        };
    }

    private static byte[] line(RedisInputStream in) {
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

    private byte[] bulk(RedisInputStream in) {
        int length = in.readIntCrLf();
        if (length < 0 || length > maxReplyBytes) {
            throw new JedisConnectionException("a reply of a length that is not due");
        }
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

    /** Gives up the connection at once. Jedis' own way would flush what is left to send. */
    @Override
    public void close() {
        socket.close();
    }

    /** A command with what reads its reply and throws if it is none. Confined to one caller. */
    static final class Call<T> {
        private final CommandArguments command;
        private final int maxReplyBytes;
        private final Function<Object, T> reader;
        private boolean isInStep;

        Call(CommandArguments command, int maxReplyBytes, Function<Object, T> reader) {
            this.command = command;
            this.maxReplyBytes = maxReplyBytes;
            this.reader = reader;
        }

        boolean isInStep() {
            return isInStep;
        }
    }
}
