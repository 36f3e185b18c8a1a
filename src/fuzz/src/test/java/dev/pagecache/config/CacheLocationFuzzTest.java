package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.config.CacheLocation.Redis;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;

/** Locations of caches: what cannot be read is an error that shows nothing of it, and no password is ever shown. */
final class CacheLocationFuzzTest {
    /** Stands in for a password: no message has it by chance. */
    private static final String SECRET = "qZ7wX";

    @Seeds("location")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, CacheLocationFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        String text = String.join("\n", input.unicodeLines());
        try {
            CacheLocation location = input.bounded(() -> CacheLocation.parse(text));
            if (location instanceof Redis redis) {
                checkRedis(redis);
            }
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
            assertTrue(
                    CacheLocation.mask(text).endsWith("://***")
                            || CacheLocation.mask(text).equals("***"),
                    text);
        }
        if (text.contains(SECRET)) {
            return; // Jazzer learns texts that are compared, and puts them anywhere
        }
        int at = text.indexOf('@');
        String withSecret = at < 0 ? text : text.substring(0, at) + SECRET + text.substring(at);
        boolean isUser = withSecret.lastIndexOf(':', Math.max(0, at)) <= withSecret.indexOf("://");
        assertTrue(isUser || !CacheLocation.mask(withSecret).contains(SECRET), withSecret);
        try {
            CacheLocation.parse(withSecret);
        } catch (IllegalArgumentException e) {
            assertFalse(String.valueOf(e.getMessage()).contains(SECRET), withSecret);
        }
    }

    private static void checkRedis(Redis redis) {
        assertFalse(redis.host().isEmpty());
        assertTrue(redis.port() >= 1 && redis.port() <= 65_535 && redis.database() >= 0);
        assertTrue(redis.user() == null || !redis.user().isEmpty());
        assertTrue(redis.password() == null || !redis.password().isEmpty());
        if (redis.password() == null) {
            assertEquals(redis, CacheLocation.parse(redis.toString()));
        }
    }
}
