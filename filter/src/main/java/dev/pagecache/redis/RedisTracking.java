package dev.pagecache.redis;

import dev.pagecache.redis.Servers.Access;
import dev.pagecache.redis.Subscription.Invalidation;
import dev.pagecache.store.RemoteFeed;
import dev.pagecache.store.RemoteTracking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/**
 * Changes of records in Redis, by its client tracking in broadcast mode: nothing is to be asked for before it is told
 * of, and Redis remembers no keys for us. It tells of puts, ours included, of removes, expiry and eviction alike, of
 * all databases, and does not say which it was.
 *
 * <p>Not for a cluster, each of whose servers tells of its own keys.
 *
 * <p>Safe for use by many threads, but for its feeds.
 */
final class RedisTracking implements RemoteTracking {
    /**
     * What comes within this time is asked for at once: nobody waits for it, and a node that writes a lot hears a lot.
     */
    private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final String GONE = """
            local gone = {}
            for i, key in ipairs(KEYS) do
              if redis.call('EXISTS', key) == 0 then
                gone[#gone + 1] = i
              end
            end
            return gone
            """;

    private static final ReplyLimits POSITIONS = ReplyLimits.array(0, MAX_NAMES);

    private final Servers servers;
    private final String prefix;

    RedisTracking(Servers servers, String prefix) {
        this.servers = servers;
        this.prefix = prefix;
    }

    /** All records have a hash tag, which the keys of other caches, with a longer prefix, do not have there. */
    @Override
    public RemoteFeed<Changes> listen() {
        return new Feed(servers.subscribe(Topics.changes(prefix + "{")), utf8(prefix));
    }

    @Override
    public Set<String> gone(List<String> names) {
        CommandArguments command =
                new CommandArguments(Protocol.Command.EVAL).add(utf8(GONE)).add(Protocol.toByteArray(names.size()));
        names.forEach(name -> command.key(utf8(prefix + name)));
        return servers.reply(
                new Line.Call<>(command, POSITIONS, reply -> at(Replies.list(reply), names)),
                utf8(prefix + names.get(0)),
                // A replica may not have heard of it yet.
                Access.WRITE);
    }

    private static Set<String> at(List<?> positions, List<String> names) {
        Set<String> found = new HashSet<>();
        for (Object position : positions) {
            long number = Replies.number(position);
            if (number < 1 || number > names.size()) {
                throw new IllegalStateException("a position that is none: out of step");
            }
            found.add(names.get((int) number - 1));
        }
        return found;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Messages, a few of them together. */
    private static final class Feed implements RemoteFeed<Changes> {
        private final Subscription subscription;
        private final byte[] prefix;

        Feed(Subscription subscription, byte[] prefix) {
            this.subscription = subscription;
            this.prefix = prefix;
        }

        @Override
        public @Nullable Changes next(Duration heartbeat) {
            if (!(subscription.next(heartbeat) instanceof Invalidation first)) {
                return null;
            }
            List<String> names = new ArrayList<>();
            boolean isEverything = isEverything(first, names);
            long begin = System.nanoTime();
            long left = GATHER_NANOS;
            while (!isEverything && left > 0 && names.size() < MAX_NAMES) {
                Subscription.Event event = subscription.read(Duration.ofNanos(left));
                if (event == Subscription.Sign.SILENCE) {
                    break;
                }
                isEverything = event instanceof Invalidation more && isEverything(more, names);
                left = GATHER_NANOS - (System.nanoTime() - begin);
            }
            return isEverything ? Changes.EVERYTHING : Changes.of(names);
        }

        /** Adds the names of a message, unless it means all. */
        private boolean isEverything(Invalidation message, List<String> names) {
            List<byte[]> keys = message.keys();
            if (keys == null) {
                return true;
            }
            for (byte[] key : keys) {
                int length = prefix.length;
                if (key.length > length && Arrays.equals(key, 0, length, prefix, 0, length)) {
                    names.add(new String(key, length, key.length - length, StandardCharsets.UTF_8));
                }
            }
            return false;
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}
