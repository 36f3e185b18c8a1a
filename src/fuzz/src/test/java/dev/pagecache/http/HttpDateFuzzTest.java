package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Dates: the first line is the present in seconds since 1970, the second the date (RFC 9110 section 5.6.7). */
final class HttpDateFuzzTest {
    private static final long LAST_PRESENT =
            Instant.parse("9900-01-01T00:00:00Z").getEpochSecond();

    /** A leap second at the very end of what can be written is clamped to the second before. */
    private static final Instant LAST_WRITTEN = Instant.parse("9999-12-31T23:59:59Z");

    private record Reading(@Nullable Instant instant) {}

    @Seeds("http-date")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, HttpDateFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        Instant now = Instant.ofEpochSecond(Math.floorMod(input.number(0), LAST_PRESENT));
        String text = input.line(1);
        Instant instant =
                input.bounded(() -> new Reading(HttpDate.parse(text, now))).instant();
        // Only the form of RFC 850 has more than three letters before its comma.
        boolean isRfc850 = text.indexOf(',') > 3;
        if (!isRfc850) {
            assertEquals(instant, HttpDate.parse(text));
        }
        if (instant != null) {
            roundTrips(instant.isAfter(LAST_WRITTEN) ? LAST_WRITTEN : instant);
            assertTrue(!isRfc850 || !instant.isAfter(now.plus(Duration.ofDays(51 * 366))), text);
        }
        String any = HttpDate.format(Instant.ofEpochSecond(Math.floorMod(input.number(0), 1L << 54) - (1L << 53)));
        roundTrips(parsed(any));
    }

    private static void roundTrips(Instant instant) {
        String written = HttpDate.format(instant);
        assertEquals(29, written.length());
        assertEquals(instant, parsed(written), written);
    }

    private static Instant parsed(String text) {
        return Objects.requireNonNull(HttpDate.parse(text), text);
    }
}
