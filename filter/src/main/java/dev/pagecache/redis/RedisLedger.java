package dev.pagecache.redis;

import dev.pagecache.redis.Servers.Access;
import dev.pagecache.redis.Subscription.Message;
import dev.pagecache.store.RemoteFeed;
import dev.pagecache.store.RemoteLedger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/**
 * The shared ledger in Redis: one sorted set, changed by one script, which also publishes what it raised. It has
 * connections of its own, so that pages and raises do not wait for each other.
 *
 * <p>Safe for use by many threads, but for its feeds.
 */
public final class RedisLedger implements RemoteLedger {
    private static final String NAME = "{ledger}";
    private static final String CHANNEL = "ledger";

    /** Names that Redis holds; the mirror of a node holds as many. */
    private static final int MAX_NAMES = 100_000;

    private static final int CHANGES_AT_ONCE = 4_096;

    /** A name takes up to 256 characters, which take up to 3 bytes each. */
    private static final int MAX_NAME_BYTES = 768;

    /** One connection sends; a second one is for the moment in which the first is given up. */
    private static final int CONNECTIONS = 2;

    private static final ReplyLimits TIMES = ReplyLimits.array(0, 2);
    private static final ReplyLimits NAMES =
            ReplyLimits.array(CHANGES_AT_ONCE * (MAX_NAME_BYTES + 32), 2 * CHANGES_AT_ONCE + 8);

    private final Servers servers;
    private final byte[] key;
    private final String channel;
    private final String leaseChannel;
    private final Consumer<String> leaseEnded;

    private RedisLedger(RedisOptions options, Consumer<String> leaseEnded) {
        String prefix = Keys.prefix(options);
        this.key = utf8(prefix + NAME);
        this.channel = prefix + CHANNEL;
        this.leaseChannel = prefix + RedisLeases.CHANNEL;
        this.leaseEnded = leaseEnded;
        this.servers = Servers.open(options.withPoolSize(CONNECTIONS));
    }

    /**
     * The ledger of a location and a key prefix. Nothing is sent yet.
     *
     * @param options where the servers are
     * @return the ledger; to be closed
     */
    public static RedisLedger open(RedisOptions options) {
        return open(options, name -> {});
    }

    /**
     * The ledger of a location and a key prefix, whose feeds also tell of ends of leases. Nothing is sent yet.
     *
     * @param options where the servers are
     * @param leaseEnded is told the name of each lease that has ended and for which somebody waits
     * @return the ledger; to be closed
     */
    public static RedisLedger open(RedisOptions options, Consumer<String> leaseEnded) {
        return new RedisLedger(options, leaseEnded);
    }

    @Override
    public Raised raise(long known, String node, long batch, Collection<String> names) {
        CommandArguments command = script(LedgerScripts.RAISE, known)
                .add(utf8(node))
                .add(Protocol.toByteArray(batch))
                .add(utf8(channel))
                .add(Protocol.toByteArray(MAX_NAMES));
        names.forEach(name -> command.add(utf8(name)));
        return servers.reply(new Line.Call<>(command, TIMES, LedgerMessages::raised), key, Access.WRITE);
    }

    @Override
    public Changes changes(long known) {
        CommandArguments command = script(LedgerScripts.CHANGES, known).add(Protocol.toByteArray(CHANGES_AT_ONCE));
        return servers.reply(
                new Line.Call<>(command, NAMES, reply -> LedgerMessages.changes(reply, CHANGES_AT_ONCE)),
                key,
                Access.WRITE);
    }

    /** The text goes each time: Redis knows it by its digest, and there is no case in which it has been forgotten. */
    private CommandArguments script(String text, long known) {
        return new CommandArguments(Protocol.Command.EVAL)
                .add(utf8(text))
                .add(Protocol.toByteArray(1))
                .key(key)
                .add(Protocol.toByteArray(known));
    }

    @Override
    public RemoteFeed<Notice> listen() {
        return new RedisFeed(servers.subscribe(channel, leaseChannel), leaseChannel, leaseEnded);
    }

    @Override
    public void close() {
        servers.close();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What is heard of the ledger and of leases. */
    private static final class RedisFeed implements RemoteFeed<Notice> {
        private final Subscription subscription;
        private final String leaseChannel;
        private final Consumer<String> leaseEnded;

        RedisFeed(Subscription subscription, String leaseChannel, Consumer<String> leaseEnded) {
            this.subscription = subscription;
            this.leaseChannel = leaseChannel;
            this.leaseEnded = leaseEnded;
        }

        @Override
        public @Nullable Notice next(Duration heartbeat) {
            Message message = subscription.next(heartbeat) instanceof Message told ? told : null;
            if (message != null && message.channel().equals(leaseChannel)) {
                leaseEnded.accept(new String(message.payload(), StandardCharsets.UTF_8));
                return null;
            }
            // A message of another form is a lost one: its successor, or the next question, shows that.
            return message == null ? null : LedgerMessages.notice(message.payload());
        }

        @Override
        public void close() {
            subscription.close();
        }
    }
}
