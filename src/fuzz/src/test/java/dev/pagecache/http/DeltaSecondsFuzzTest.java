package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.math.BigInteger;

/** Delta-seconds, however many digits they have (RFC 9111 section 1.2.2). */
final class DeltaSecondsFuzzTest {
    private static final BigInteger MAX = BigInteger.ONE.shiftLeft(31);

    @Seeds("delta-seconds")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, DeltaSecondsFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        String text = input.text();
        DeltaSeconds seconds = input.bounded(() -> DeltaSeconds.parse(text));
        boolean isQuoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        String digits = isQuoted ? text.substring(1, text.length() - 1) : text;
        boolean isNumber = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        assertEquals(isNumber, seconds.isValid());
        assertEquals(isNumber ? new BigInteger(digits).min(MAX).longValueExact() : 0, seconds.seconds());
    }
}
