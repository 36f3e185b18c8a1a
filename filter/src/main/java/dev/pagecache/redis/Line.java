package dev.pagecache.redis;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/** One connection to Redis. Used by one caller at a time. */
final class Line extends Connection {
    private final GuardedSocket socket;

    /** What is due next; while connecting, which the constructor of the superclass does, lines only. */
    private @Nullable ReplyLimits limits;

    /** Whether no reply is awaited but a message, which may not come. */
    private boolean isListening;

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
     *
     * @param isAsking whether ASKING goes before it
     */
    <T> T call(Call<T> call, boolean isAsking, long deadlineNanos) {
        call.isInStep = false;
        socket.begin(deadlineNanos);
        try {
            if (isAsking) {
                limits = ReplyLimits.LINE;
                Calls.expectOk(executeCommand(Calls.asking()));
            }
            limits = call.limits;
            T reply = call.reader.apply(executeCommand(call.command));
            call.isInStep = true;
            return reply;
        } catch (JedisDataException e) {
            call.isInStep = RedisErrors.isAboutTheValue(e) || Redirection.isOne(e);
            throw e;
        } finally {
            call.isInStep &= socket.end() && !isBroken();
        }
    }

    /**
     * The next message that the server sends of its own accord, or null if none begins within the time. One that has
     * begun must be whole at the deadline.
     */
    @Nullable
    Object receive(ReplyLimits due, int waitMillis, long deadlineNanos) {
        limits = due;
        isListening = true;
        socket.begin(deadlineNanos);
        try {
            setSoTimeout(waitMillis);
            Object message = getOne();
            if (!socket.end()) {
                throw new JedisConnectionException("closed");
            }
            return message;
        } finally {
            isListening = false;
        }
    }

    /** Sends a command whose reply comes as a message. */
    void send(CommandArguments command) {
        sendCommand(command);
        flush();
    }

    @Override
    protected @Nullable Object protocolRead(RedisInputStream in, PushConsumerChain pushes) {
        if (isListening) {
            if (!hasByte(in)) {
                return null;
            }
            setSoTimeout(socket.timeoutMillis());
        }
        return new ReplyReader(in, limits == null ? ReplyLimits.LINE : limits).read();
    }

    private static boolean hasByte(RedisInputStream in) {
        try {
            boolean unused = in.peek((byte) 0);
            return true;
        } catch (JedisConnectionException e) {
            if (RedisErrors.isTimeout(e)) {
                return false;
            }
            throw e;
        }
    }

    /** Gives up the connection at once. Jedis' own way would flush what is left to send. */
    @Override
    public void close() {
        socket.close();
    }

    /** A command with what reads its reply and throws if it is none. Confined to one caller. */
    static final class Call<T> {
        private final CommandArguments command;
        private final ReplyLimits limits;
        private final Function<@Nullable Object, T> reader;
        private boolean isInStep;

        Call(CommandArguments command, ReplyLimits limits, Function<@Nullable Object, T> reader) {
            this.command = command;
            this.limits = limits;
            this.reader = reader;
        }

        /** The same call for another caller. */
        Call<T> again() {
            return new Call<>(command, limits, reader);
        }

        boolean isInStep() {
            return isInStep;
        }
    }
}
