package dev.pagecache.redis;

import dev.pagecache.store.RemoteException;
import dev.pagecache.store.RemoteException.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/**
 * A connection of its own that hears what is published on some channels. It counts in no pool. After any exception it
 * is closed, and another one is to be opened.
 *
 * <p>Used by one thread, but for {@link #close}, which any thread may call and which ends a read that waits.
 */
final class Subscription implements AutoCloseable {
    /** Most bytes of a message. */
    static final int MAX_MESSAGE_BYTES = 1 << 20;

    private static final int MAX_NAME_BYTES = 4_096;
    private static final ReplyLimits LIMITS = ReplyLimits.array(MAX_MESSAGE_BYTES + MAX_NAME_BYTES, 3);
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);

    private static final byte[] SUBSCRIBE = ascii("subscribe");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] PONG = ascii("pong");

    /** One turn of the server's may change many keys, as when it removes what was evicted or flushed by a script. */
    private static final int MAX_CHANGED_KEYS = 1 << 17;

    private static final ReplyLimits CHANGES = new ReplyLimits(8 << 20, MAX_CHANGED_KEYS, 2, true);

    /** What a read gives. */
    sealed interface Event permits Told, Sign {}

    /** What is no sign. */
    sealed interface Told extends Event permits Message, Invalidation {}

    /** What was published. */
    static final class Message implements Told {
        private final String channel;
        private final byte[] payload;

        private Message(String channel, byte[] payload) {
            this.channel = channel;
            this.payload = payload;
        }

        /** Where. */
        String channel() {
            return channel;
        }

        /** What, which nobody changes. */
        byte[] payload() {
            return payload;
        }
    }

    /** Keys were changed. */
    static final class Invalidation implements Told {
        private final @Nullable List<byte[]> keys;

        private Invalidation(@Nullable List<byte[]> keys) {
            this.keys = keys;
        }

        /** Which, or null if a database was emptied. */
        @Nullable
        List<byte[]> keys() {
            return keys;
        }
    }

    /** What tells nothing. */
    enum Sign implements Event {
        /** Nothing came within the time. */
        SILENCE,
        /** The answer to a ping. */
        PONG
    }

    private final Connector connector;
    private final Line line;
    private final boolean isTracking;
    private final ReplyLimits limits;

    /** Messages that came on one channel before another one was confirmed. */
    private final Deque<Event> early = new ArrayDeque<>();

    private Subscription(Connector connector, Line line, boolean isTracking) {
        this.connector = connector;
        this.line = line;
        this.isTracking = isTracking;
        this.limits = isTracking ? CHANGES : LIMITS;
    }

    /**
     * Connects and subscribes within the deadline.
     *
     * @throws RemoteException if it cannot
     */
    static Subscription open(Connector connector, RedisAddress address, long deadline, Topics topics) {
        try {
            Subscription subscription =
                    new Subscription(connector, connector.open(address, deadline), topics.trackedPrefix() != null);
            subscription.begin(topics, deadline);
            return subscription;
        } catch (RuntimeException e) {
            throw RedisErrors.translate(e, connector.watch().nowNanos() >= deadline);
        }
    }

    private void begin(Topics topics, long deadline) {
        boolean isDone = false;
        try {
            if (topics.trackedPrefix() != null) {
                track(topics.trackedPrefix(), deadline);
            }
            subscribe(topics.channels(), deadline);
            isDone = true;
        } finally {
            if (!isDone) {
                close();
            }
        }
    }

    /** Messages of RESP2 go to a subscription, which may be one of the same connection. */
    private void track(String prefix, long deadline) {
        long self = line.call(Calls.clientId(), false, deadline);
        byte[] unused = line.call(Calls.track(self, prefix), false, deadline);
    }

    private void subscribe(List<String> channels, long deadline) {
        CommandArguments command = new CommandArguments(Protocol.Command.SUBSCRIBE);
        channels.forEach(channel -> command.add(channel.getBytes(StandardCharsets.UTF_8)));
        line.send(command);
        for (int confirmed = 0; confirmed < channels.size(); ) {
            Object reply = line.receive(limits, line.socket().timeoutMillis(), deadline);
            if (reply == null) {
                throw new RemoteException(Kind.UNAVAILABLE, "no answer in time", null);
            }
            Event event = event(Replies.list(reply));
            if (event == null) {
                confirmed++;
            } else {
                early.add(event);
            }
        }
    }

    /**
     * What comes next.
     *
     * @param wait how long to wait for it to begin, 1 ms to 10 minutes
     * @return what was told, or a sign that nothing was
     * @throws RemoteException if the connection is lost or closed, or says what is not due
     */
    Event read(Duration wait) {
        Event event = early.poll();
        if (event != null) {
            return event;
        }
        int waitMillis = (int) Math.max(1, Math.min(wait.toMillis(), MAX_WAIT.toMillis()));
        long deadline =
                connector.watch().deadline() + Duration.ofMillis(waitMillis).toNanos();
        try {
            Object reply = line.receive(limits, waitMillis, deadline);
            if (reply == null) {
                return Sign.SILENCE;
            }
            event = event(Replies.list(reply));
            if (event == null) {
                throw new IllegalStateException("a confirmation that is not due");
            }
            return event;
        } catch (RuntimeException e) {
            close();
            throw RedisErrors.translate(e, false);
        }
    }

    /**
     * As {@link #read}, but a connection that says nothing is asked for a sign of life: one that is half open gives no
     * error either.
     *
     * @param heartbeat how long to wait for each, as there
     * @return what was told, or null if nothing was, and the connection is well
     * @throws RemoteException also if there is no sign of life
     */
    @Nullable
    Told next(Duration heartbeat) {
        Event event = read(heartbeat);
        if (event == Sign.SILENCE) {
            ping();
            event = read(heartbeat);
            if (event == Sign.SILENCE) {
                throw new RemoteException(Kind.UNAVAILABLE, "no sign of life", null);
            }
        }
        return event instanceof Told told ? told : null;
    }

    /**
     * Asks for a sign of life, which a later read gives.
     *
     * @throws RemoteException if the connection is lost or closed
     */
    void ping() {
        try {
            line.send(new CommandArguments(Protocol.Command.PING));
        } catch (RuntimeException e) {
            close();
            throw RedisErrors.translate(e, false);
        }
    }

    /** The event that a message of RESP2 is, or null if it confirms a subscription. */
    private @Nullable Event event(List<?> parts) {
        byte[] kind = Replies.bytes(parts.isEmpty() ? null : parts.get(0));
        if (Arrays.equals(kind, MESSAGE) && parts.size() == 3) {
            String channel = new String(Replies.bytes(parts.get(1)), StandardCharsets.UTF_8);
            if (isTracking && !(parts.get(2) instanceof byte[])) {
                return invalidation(parts.get(2));
            }
            return new Message(channel, Replies.bytes(parts.get(2)));
        }
        if (Arrays.equals(kind, PONG) && parts.size() == 2) {
            return Sign.PONG;
        }
        if (Arrays.equals(kind, SUBSCRIBE) && parts.size() == 3) {
            return null;
        }
        throw new IllegalStateException("a message of a kind that is not due");
    }

    private static Invalidation invalidation(@Nullable Object keys) {
        return new Invalidation(
                keys == null
                        ? null
                        : Replies.list(keys).stream().map(Replies::bytes).toList());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Closes the connection; a read that waits ends at once with an exception. */
    @Override
    public void close() {
        connector.discard(line.socket());
    }
}
