package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpDateTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            1994-11-06T08:49:37Z     ; Sun, 06 Nov 1994 08:49:37 GMT
            1970-01-01T00:00:00Z     ; Thu, 01 Jan 1970 00:00:00 GMT
            2038-01-19T03:14:08.999Z ; Tue, 19 Jan 2038 03:14:08 GMT
            2024-02-29T23:59:59Z     ; Thu, 29 Feb 2024 23:59:59 GMT
            0001-01-01T00:00:00Z     ; Mon, 01 Jan 0001 00:00:00 GMT
            9999-12-31T23:59:59Z     ; Fri, 31 Dec 9999 23:59:59 GMT
            +12000-01-01T00:00:00Z   ; Fri, 31 Dec 9999 23:59:59 GMT
            """)
    @DisplayName("RFC 9110 section 5.6.7: IMF-fixdate")
    void format_instant_isImfFixdate(Instant instant, String expected) {
        assertEquals(expected, HttpDate.format(instant));
    }

    @Test
    void format_anyInstant_isWhatTheJdkWritesAndReadsBack() {
        DateTimeFormatter jdk = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
                .withZone(ZoneOffset.UTC);
        long seed = 9_110L;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            Instant instant = Instant.ofEpochSecond(random.nextLong(-60_000_000_000L, 250_000_000_000L));
            String text = HttpDate.format(instant);
            assertEquals(jdk.format(instant), text, "seed " + seed);
            assertEquals(instant, HttpDate.parse(text), "seed " + seed);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            Sun, 06 Nov 1994 08:49:37 GMT    ; 1994-11-06T08:49:37Z
            sun, 06 nov 1994 08:49:37 gmt    ; 1994-11-06T08:49:37Z
            SUN, 06 NOV 1994 08:49:37 GMT    ; 1994-11-06T08:49:37Z
            Mon, 06 Nov 1994 08:49:37 GMT    ; 1994-11-06T08:49:37Z
            Tue, 19 Jan 2038 14:14:08 GMT    ; 2038-01-19T14:14:08Z
            Sat, 31 Dec 2016 23:59:60 GMT    ; 2017-01-01T00:00:00Z
            Sunday, 06-Nov-94 08:49:37 GMT   ; 1994-11-06T08:49:37Z
            SUNDAY, 06-nov-94 08:49:37 gmt   ; 1994-11-06T08:49:37Z
            Wednesday, 01-Jan-25 00:00:00 GMT; 2025-01-01T00:00:00Z
            Sunday, 22-Nov-76 12:00:00 GMT   ; 2076-11-22T12:00:00Z
            Monday, 22-Nov-76 12:00:01 GMT   ; 1976-11-22T12:00:01Z
            Tuesday, 29-Feb-00 00:00:00 GMT  ; 2000-02-29T00:00:00Z
            Sun Nov  6 08:49:37 1994         ; 1994-11-06T08:49:37Z
            sun nov 16 08:49:37 1994         ; 1994-11-16T08:49:37Z
            """)
    @DisplayName("RFC 9110 section 5.6.7: the three forms, without letter case")
    void parse_date_isRead(String text, Instant expected) {
        assertEquals(expected, HttpDate.parse(text, NOW));
    }

    @Test
    @DisplayName("RFC 9110 section 5.6.7: a two-digit year is at most 50 years ahead")
    void parse_twoDigitYear_dependsOnNow() {
        String text = "Friday, 01-Jan-10 00:00:00 GMT";
        assertEquals(Instant.parse("2010-01-01T00:00:00Z"), HttpDate.parse(text, NOW));
        assertEquals(
                Instant.parse("2110-01-01T00:00:00Z"), HttpDate.parse(text, Instant.parse("2080-06-01T00:00:00Z")));
        assertEquals(
                Instant.parse("1910-01-01T00:00:00Z"), HttpDate.parse(text, Instant.parse("1950-06-01T00:00:00Z")));
        assertEquals(
                Instant.parse("2000-02-29T00:00:00Z"),
                HttpDate.parse("Tuesday, 29-Feb-00 00:00:00 GMT", Instant.parse("2060-06-01T00:00:00Z")));
        assertEquals(Instant.parse("2069-01-01T00:00:00Z"), HttpDate.parse("Tuesday, 01-Jan-69 00:00:00 GMT"));
        assertEquals(Instant.parse("1970-01-01T00:00:00Z"), HttpDate.parse("Thursday, 01-Jan-70 00:00:00 GMT"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "Sun, 06 Nov 1994 08:49:37 UTC",
                "Sun, 06 Nov 1994 08:49:37 +0000",
                "Sun, 06 Nov 1994 08:49:37 AEST",
                "Sun, 06 Nov 1994 08:49:37",
                "Sun, 06 Nov 94 08:49:37 GMT",
                "Sun 06 Nov 1994 08:49:37 GMT",
                "Sun,X06 Nov 1994 08:49:37 GMT",
                "Sun, :6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 xx:49:37 GMT",
                "Sun, 06 Nov 1994 08:xx:37 GMT",
                "Sun, 06 Nov 1994 08:49:xx GMT",
                "Sun,  06 Nov 1994 08:49:37 GMT",
                "Sun, 06  Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov  1994 08:49:37 GMT",
                "Sun, 06 Nov 1994  08:49:37 GMT",
                "Sun, 06 Nov 1994 08:49:37  GMT",
                "Sun, 06-Nov-1994 08:49:37 GMT",
                "Sun, 06-Nov-94 08:49:37 GMT",
                "Sun, 06 Nov 1994 08.49.37 GMT",
                "Sun, 06 Nov 1994 8:49:37 GMT",
                "Sun, 6 Nov 1994 08:49:37 GMT",
                "Sun,  6 Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov 1994 24:00:00 GMT",
                "Sun, 06 Nov 1994 08:60:37 GMT",
                "Sun, 06 Nov 1994 08:49:61 GMT",
                "Sun, 31 Nov 1994 08:49:37 GMT",
                "Wed, 29 Feb 2023 08:49:37 GMT",
                "Sun, 00 Nov 1994 08:49:37 GMT",
                "Sun, 06 Foo 1994 08:49:37 GMT",
                "Foo, 06 Nov 1994 08:49:37 GMT",
                "Sun, xx Nov 1994 08:49:37 GMT",
                "Sun, 06 Nov x994 08:49:37 GMT",
                "Sun, 06 Nov 19x4 08:49:37 GMT",
                "Sun, 06Xnov 1994 08:49:37 GMT",
                "Sun, 06 NovX1994 08:49:37 GMT",
                "Sun, 06 Nov 1994X08:49:37 GMT",
                "Sun, 06 Nov 1994 08X49:37 GMT",
                "Sun, 06 Nov 1994 08:49X37 GMT",
                "Sun, 06 Nov 1994 08:49:37 GMT ",
                " Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06 Nov 94 08:49:37 GMT",
                "Sunday, 06-Nov 94 08:49:37 GMT",
                "Sunday,X06-Nov-94 08:49:37 GMT",
                "Sunday, 06-Nov-94X08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 UTC",
                "Sunday, 06-Nov-1994 08:49:37 GMT",
                "Sunday, 06-Nov-x4 08:49:37 GMT",
                "Sunday, 31-Nov-94 08:49:37 GMT",
                "Someday, 06-Nov-94 08:49:37 GMT",
                "Sun Nov 6 08:49:37 1994",
                "Sun Nov  6 08:49:37 1994 GMT",
                "Foo Nov  6 08:49:37 1994",
                "SunXNov  6 08:49:37 1994",
                "Sun NovX 6 08:49:37 1994",
                "Sun Nov  6X08:49:37 1994",
                "Sun Nov  6 08:49:37X1994",
                "Sun Nov  6 08:49:37 19x4",
                "Sun Nov  6 08:49:37 x994",
                "1994-11-06T08:49:37Z",
            })
    @DisplayName("RFC 9111 section 5.3: what is no date is no time in the future")
    void parse_noDate_isNull(String text) {
        assertNull(HttpDate.parse(text, NOW));
        assertNull(HttpDate.parse(text));
    }
}
