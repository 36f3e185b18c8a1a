package dev.pagecache.redis;

import dev.pagecache.redis.Servers.Access;
import dev.pagecache.store.LeaseStore.Claim;
import dev.pagecache.store.RemoteLeases;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/**
 * Leases in Redis: a key with the holder's name and a time to live. The name is that of a node and of one claim of it,
 * so that an end which comes late ends no later lease. A plus sign behind the name says that somebody waits, so that an
 * end is published only then; a minus sign in its place says that nobody need wait.
 *
 * <p>Safe for use by many threads.
 */
final class RedisLeases implements RemoteLeases {
    /** What is published on ends of leases. */
    static final String CHANNEL = "leases";

    private static final String SUFFIX = ":lease";

    /** ARGV 1: holder, 2: time to live, 3: {@code 1} to take it from whoever has it. */
    private static final String CLAIM = """
            local held = redis.call('GET', KEYS[1]) or ''
            if held == '-' then
              return 2
            end
            local node = string.match(ARGV[1], '^[^.]*.')
            local isWaitedFor = string.sub(held, -1) == '+'
            if held == '' or ARGV[3] == '1' or string.sub(held, 1, #node) == node then
              redis.call('SET', KEYS[1], ARGV[1] .. (isWaitedFor and '+' or ''), 'PX', ARGV[2])
              return 0
            end
            if not isWaitedFor then
              redis.call('SET', KEYS[1], held .. '+', 'PX', math.max(1, redis.call('PTTL', KEYS[1])))
            end
            return 1
            """;

    private static final String END = """
            local held = redis.call('GET', KEYS[1])
            if held == ARGV[1] or held == ARGV[1] .. '+' then
              if ARGV[2] == '0' then
                redis.call('DEL', KEYS[1])
              else
                redis.call('SET', KEYS[1], '-', 'PX', ARGV[2])
              end
              if held ~= ARGV[1] then
                redis.call('PUBLISH', ARGV[3], ARGV[4])
              end
            end
            return 0
            """;

    private final Servers servers;
    private final String prefix;

    RedisLeases(Servers servers, String prefix) {
        this.servers = servers;
        this.prefix = prefix;
    }

    @Override
    public Claim claim(String name, String holder, Duration timeToLive) {
        return claim(name, holder, timeToLive, 0);
    }

    @Override
    public Claim takeOver(String name, String holder, Duration timeToLive) {
        return claim(name, holder, timeToLive, 1);
    }

    private Claim claim(String name, String holder, Duration timeToLive, int force) {
        byte[] key = key(name);
        CommandArguments command = script(CLAIM, key)
                .add(utf8(holder))
                .add(Protocol.toByteArray(Math.max(1, timeToLive.toMillis())))
                .add(Protocol.toByteArray(force));
        return servers.reply(new Line.Call<>(command, ReplyLimits.LINE, RedisLeases::claim), key, Access.WRITE);
    }

    private static Claim claim(@Nullable Object reply) {
        return switch ((int) Math.max(-1, Math.min(3, Replies.number(reply)))) {
            case 0 -> Claim.GRANTED;
            case 1 -> Claim.TAKEN;
            case 2 -> Claim.FREE;
            default -> throw new IllegalStateException("another reply than expected: out of step");
        };
    }

    @Override
    public void end(String name, String holder, Duration freeFor) {
        byte[] key = key(name);
        CommandArguments command = script(END, key)
                .add(utf8(holder))
                .add(Protocol.toByteArray(freeFor.toMillis()))
                .add(utf8(prefix + CHANNEL))
                .add(utf8(name));
        servers.reply(new Line.Call<>(command, ReplyLimits.LINE, Replies::number), key, Access.WRITE);
    }

    private static CommandArguments script(String text, byte[] key) {
        return new CommandArguments(Protocol.Command.EVAL)
                .add(utf8(text))
                .add(Protocol.toByteArray(1))
                .key(key);
    }

    private byte[] key(String name) {
        return utf8(prefix + name + SUFFIX);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
