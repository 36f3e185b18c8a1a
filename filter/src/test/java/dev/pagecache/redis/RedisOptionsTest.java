package dev.pagecache.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisOptionsTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(nullValues = "-", textBlock = """
            host,      '', 6379,  0,  -, -, 150,    8, ''
            port,      h,  0,     0,  -, -, 150,    8, ''
            port,      h,  65536, 0,  -, -, 150,    8, ''
            database,  h,  6379,  -1, -, -, 150,    8, ''
            password,  h,  6379,  0,  u, -, 150,    8, ''
            timeout,   h,  6379,  0,  -, -, 0,      8, ''
            timeout,   h,  6379,  0,  -, -, 60001,  8, ''
            poolSize,  h,  6379,  0,  -, -, 150,    0, ''
            keyPrefix, h,  6379,  0,  -, -, 150,    8, a{b
            keyPrefix, h,  6379,  0,  -, -, 150,    8, a}b
            """)
    void option_outOfRange_isRefusedByName(
            String name,
            String host,
            int port,
            int database,
            @Nullable String user,
            @Nullable String password,
            long timeoutMillis,
            int poolSize,
            String keyPrefix) {
        Duration timeout = Duration.ofMillis(timeoutMillis);
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> TestOptions.single(host, port, database, user, password, null, timeout, poolSize, keyPrefix));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("redis " + name + " is "), thrown::toString);
    }

    @Test
    void toString_masksThePassword() {
        RedisOptions options =
                TestOptions.single("h", 6379, 2, "web", "s3cret", null, Duration.ofMillis(150), 8, "site");
        assertTrue(options.toString().contains("web:***@/2"), options::toString);
        assertFalse(options.toString().contains("s3cret"));
    }
}
