package dev.pagecache.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/** The calls that ask servers about themselves. Each is for one use by one caller. */
final class Calls {
    private static final byte[] OK = ascii("OK");
    private static final byte[] PONG = ascii("PONG");
    private static final byte[] ZERO = Protocol.toByteArray(0);

    /** A big cluster with many moves: a thousand servers in some thousand ranges. */
    private static final ReplyLimits SLOTS = new ReplyLimits(8 << 20, 400_000, 4, true);

    private static final int MAX_INFO_BYTES = 64 * 1024;
    private static final ReplyLimits SMALL_ARRAY = new ReplyLimits(MAX_INFO_BYTES, 4_096, 3, false).orNull();

    private Calls() {}

    /** Whether the server is there. */
    static Line.Call<byte[]> ping() {
        return new Line.Call<>(
                new CommandArguments(Protocol.Command.PING), ReplyLimits.LINE, reply -> Replies.expect(PONG, reply));
    }

    /** Whether the server serves reads: unlike a ping, this one is refused by one without data to serve. */
    static Line.Call<byte[]> probe(byte[] key) {
        CommandArguments command = new CommandArguments(Protocol.Command.GETRANGE)
                .key(key)
                .add(ZERO)
                .add(ZERO);
        return new Line.Call<>(command, ReplyLimits.bulk(1), Replies::bytes);
    }

    /** Lets the next command through to a slot that is on its way to this server. */
    static CommandArguments asking() {
        return new CommandArguments(Protocol.Command.ASKING);
    }

    static void expectOk(@Nullable Object reply) {
        byte[] unused = Replies.expect(OK, reply);
    }

    /** The number that this connection has at its server. */
    static Line.Call<Long> clientId() {
        CommandArguments command = new CommandArguments(Protocol.Command.CLIENT).add(ascii("ID"));
        return new Line.Call<>(command, ReplyLimits.LINE, Replies::number);
    }

    /** Has a server tell a connection of all changes of keys that start with a prefix. */
    static Line.Call<byte[]> track(long connection, String prefix) {
        CommandArguments command = new CommandArguments(Protocol.Command.CLIENT)
                .add(ascii("TRACKING"))
                .add(ascii("ON"))
                .add(ascii("REDIRECT"))
                .add(Protocol.toByteArray(connection))
                .add(ascii("BCAST"))
                .add(ascii("PREFIX"))
                .add(prefix.getBytes(StandardCharsets.UTF_8));
        return new Line.Call<>(command, ReplyLimits.LINE, reply -> Replies.expect(OK, reply));
    }

    /** What a server takes itself for: {@code master}, {@code slave} or {@code sentinel}. */
    static Line.Call<String> role() {
        return new Line.Call<>(new CommandArguments(Protocol.Command.ROLE), SMALL_ARRAY, reply -> {
            List<?> parts = Replies.list(reply);
            return text(Replies.bytes(parts.isEmpty() ? null : parts.get(0)));
        });
    }

    /** Host and port of a master that a Sentinel knows, or null if it does not know the name. */
    static Line.Call<@Nullable List<?>> masterAddress(String name) {
        CommandArguments command = new CommandArguments(Protocol.Command.SENTINEL)
                .add(ascii("get-master-addr-by-name"))
                .add(name.getBytes(StandardCharsets.UTF_8));
        return new Line.Call<>(command, SMALL_ARRAY, reply -> reply == null ? null : Replies.list(reply));
    }

    /** Which servers of the cluster have which slots. */
    static Line.Call<List<?>> slots() {
        CommandArguments command = new CommandArguments(Protocol.Command.CLUSTER).add(ascii("SLOTS"));
        return new Line.Call<>(command, SLOTS, Replies::list);
    }

    /** Whether the cluster is well in the eyes of a server. */
    static Line.Call<Boolean> isClusterWell() {
        CommandArguments command = new CommandArguments(Protocol.Command.CLUSTER).add(ascii("INFO"));
        return new Line.Call<>(
                command,
                ReplyLimits.bulk(MAX_INFO_BYTES),
                reply -> text(Replies.bytes(reply)).contains("cluster_state:ok"));
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
