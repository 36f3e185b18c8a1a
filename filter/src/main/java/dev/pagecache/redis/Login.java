package dev.pagecache.redis;

import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** What Jedis does at the start of a connection. */
final class Login {
    private Login() {}

    /** RESP2 without HELLO, which proxies and old servers understand too; AUTH and SELECT where they are needed. */
    static JedisClientConfig config(RedisOptions options) {
        int timeoutMillis = (int) Math.max(1, options.timeout().toMillis());
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .database(options.database())
                // It would cost round trips, and is an error under a strict ACL.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (options.user() != null) {
            builder.user(options.user());
        }
        if (options.password() != null) {
            builder.password(options.password());
        }
        return builder.build();
    }
}
