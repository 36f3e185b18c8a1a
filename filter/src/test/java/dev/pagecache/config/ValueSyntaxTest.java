package dev.pagecache.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueSyntaxTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            600,    PT10M
            600s,   PT10M
            10m,    PT10M
            2h,     PT2H
            1d,     PT24H
            250ms,  PT0.25S
            PT10M,  PT10M
            P1D,    PT24H
            0,      PT0S
            2147483648, PT2147483648S
            """)
    void duration_text_isRead(String text, Duration expected) {
        assertEquals(expected, ValueSyntax.duration(text));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            0,      0
            65536,  65536
            5B,     5
            64KiB,  65536
            1MiB,   1048576
            1GiB,   1073741824
            """)
    void size_text_isRead(String text, long expected) {
        assertEquals(expected, ValueSyntax.size(text, 1L << 30));
    }
}
