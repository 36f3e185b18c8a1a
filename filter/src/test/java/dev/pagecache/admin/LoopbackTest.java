package dev.pagecache.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses are this machine's own. */
final class LoopbackTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.255.255.254, true",
        "::1, true",
        "[::1], true",
        "0:0:0:0:0:0:0:1, true",
        "[0:0:0:0:0:0:0:1], true",
        "126.0.0.1, false",
        "128.0.0.1, false",
        "1.127.0.0, false",
        "127.0.0.1.evil.test, false",
        "127.0.0, false",
        "127.0.0.1.1, false",
        "localhost, false",
        "::2, false",
        "::ffff:192.0.2.1, false",
        "192.0.2.1, false",
        "'', false"
    })
    void isLoopback_address_isTold(String address, boolean expected) {
        assertEquals(expected, PurgeMethod.isLoopback(address));
    }

    @Test
    void isLoopback_none_isFalse() {
        assertFalse(PurgeMethod.isLoopback(null));
    }
}
