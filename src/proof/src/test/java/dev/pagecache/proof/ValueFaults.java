package dev.pagecache.proof;

import dev.pagecache.redis.RedisTestServer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/** What can befall the values in one Redis server, by whoever may write to it. */
final class ValueFaults {
    static final String FLIPPED = "bytes flipped";
    static final String SWAPPED = "values swapped";

    static final String REPLAYED = "values replayed";

    private static final int TIMES = 40;
    private static final int KEPT = 400;

    private ValueFaults() {}

    static List<Fault> of(ServerFaults.Choice choice) {
        return List.of(
                fault(FLIPPED, choice, ValueFaults::flip),
                fault(SWAPPED, choice, (server, random) -> swap(server)),
                replayed(choice),
                fault("values cut", choice, ValueFaults::cut),
                fault("other types", choice, (server, random) -> retype(server)),
                Fault.moment("huge values", random -> {
                    RedisTestServer server = choice.server(random);
                    return isDone(ValueFaults::blow, server, random) ? "20 MB" : "none there";
                }));
    }

    /** Harms one value, if there is one. */
    @FunctionalInterface
    private interface Harm {
        boolean isDone(RedisTestServer server, RandomGenerator random);
    }

    private static Fault fault(String name, ServerFaults.Choice choice, Harm harm) {
        return Fault.moment(name, random -> {
            RedisTestServer server = choice.server(random);
            int done = 0;
            for (int i = 0; i < TIMES; i++) {
                done += isDone(harm, server, random) ? 1 : 0;
            }
            return done + " times";
        });
    }

    /** A node may write to the key between two commands: then its value is another one now, and not harmed. */
    private static boolean isDone(Harm harm, RedisTestServer server, RandomGenerator random) {
        try {
            return harm.isDone(server, random);
        } catch (JedisDataException e) {
            return false;
        }
    }

    /** What stood in Redis comes back after a while, also what was purged meanwhile, with a long time to live. */
    private static Fault replayed(ServerFaults.Choice choice) {
        AtomicReference<@Nullable RedisTestServer> victim = new AtomicReference<>();
        Map<String, byte[]> kept = new ConcurrentHashMap<>();
        return new Fault(
                REPLAYED,
                random -> {
                    RedisTestServer server = choice.server(random);
                    victim.set(server);
                    kept.clear();
                    for (int i = 0; i < KEPT; i++) {
                        byte[] key = key(server);
                        byte[] value = key == null ? null : value(server, key);
                        if (key != null && value != null) {
                            kept.put(new String(key, StandardCharsets.UTF_8), value);
                        }
                    }
                    return kept.size() + " values";
                },
                () -> {
                    RedisTestServer server = Objects.requireNonNull(victim.get());
                    kept.forEach((key, value) -> putAgain(server, key.getBytes(StandardCharsets.UTF_8), value));
                });
    }

    /** A slot may have moved meanwhile: then its values are lost to the fault. */
    private static void putAgain(RedisTestServer server, byte[] key, byte[] value) {
        try {
            server.execBytes("SET", key, value, ascii("PX"), ascii("60000"));
        } catch (JedisDataException e) {
            // Nothing comes back.
        }
    }

    private static boolean flip(RedisTestServer server, RandomGenerator random) {
        byte[] key = key(server);
        byte[] value = key == null ? null : value(server, key);
        if (key == null || value == null) {
            return false;
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            value[random.nextInt(value.length)] ^= (byte) (1 << random.nextInt(8));
        }
        put(server, key, value);
        return true;
    }

    /** Of several keys the two whose values are most alike in length, since their URLs are, too. */
    private static boolean swap(RedisTestServer server) {
        byte[] first = key(server);
        byte[] firstValue = first == null ? null : value(server, first);
        if (first == null || firstValue == null) {
            return false;
        }
        for (int i = 0; i < 30; i++) {
            byte[] second = key(server);
            byte[] secondValue = second == null ? null : value(server, second);
            if (second != null && secondValue != null && secondValue.length == firstValue.length) {
                put(server, first, secondValue);
                put(server, second, firstValue);
                return true;
            }
        }
        return false;
    }

    private static boolean cut(RedisTestServer server, RandomGenerator random) {
        byte[] key = key(server);
        byte[] value = key == null ? null : value(server, key);
        if (key == null || value == null) {
            return false;
        }
        put(server, key, Arrays.copyOf(value, random.nextInt(value.length)));
        return true;
    }

    /** What is read of it first would be a reply if the client took it for one. */
    private static boolean blow(RedisTestServer server, RandomGenerator random) {
        byte[] key = key(server);
        if (key == null) {
            return false;
        }
        server.execBytes("SETRANGE", key, ascii("20000000"), ascii("+OK\r\n"));
        return true;
    }

    private static boolean retype(RedisTestServer server) {
        byte[] key = key(server);
        if (key == null) {
            return false;
        }
        server.execBytes("UNLINK", key);
        server.execBytes("LPUSH", key, ascii("a list"));
        return true;
    }

    /** A key of a page or of an index; null if none was found. */
    private static byte @Nullable [] key(RedisTestServer server) {
        return server.exec("RANDOMKEY") instanceof byte[] key
                        && server.execBytes("TYPE", key) instanceof byte[] type
                        && new String(type, StandardCharsets.US_ASCII).equals("string")
                ? key
                : null;
    }

    private static byte @Nullable [] value(RedisTestServer server, byte[] key) {
        return server.execBytes("GET", key) instanceof byte[] value && value.length > 0 ? value : null;
    }

    private static void put(RedisTestServer server, byte[] key, byte[] value) {
        server.execBytes("SET", key, value, ascii("KEEPTTL"), ascii("XX"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
