package dev.pagecache.redis;

import java.util.function.Function;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;

/** One connection to Redis. Used by one caller at a time. */
final class Line extends Connection {
    private final GuardedSocket socket;

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

    /** Gives up the connection at once. Jedis' own way would flush what is left to send. */
    @Override
    public void close() {
        socket.close();
    }

    /** A command with what reads its reply and throws if it is none. Confined to one caller. */
    static final class Call<T> {
        private final CommandArguments command;
        private final Function<Object, T> reader;
        private boolean isInStep;

        Call(CommandArguments command, Function<Object, T> reader) {
            this.command = command;
            this.reader = reader;
        }

        boolean isInStep() {
            return isInStep;
        }
    }
}
