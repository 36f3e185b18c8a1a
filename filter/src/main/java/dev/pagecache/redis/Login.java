package dev.pagecache.redis;

import java.time.Duration;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;

/** What Jedis does at the start of a connection. */
final class Login {
    private Login() {}

    /** RESP2 without HELLO, which proxies and old servers understand too; AUTH and SELECT where they are needed. */
    static JedisClientConfig config(RedisLogin login, Duration timeout) {
        int timeoutMillis = (int) Math.max(1, timeout.toMillis());
        DefaultJedisClientConfig.Builder builder = DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .connectionTimeoutMillis(timeoutMillis)
                .socketTimeoutMillis(timeoutMillis)
                .database(login.database())
                // It would cost round trips, and is an error under a strict ACL.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (login.user() != null) {
            builder.user(login.user());
        }
        if (login.password() != null) {
            builder.password(login.password());
        }
        return builder.build();
    }
}
