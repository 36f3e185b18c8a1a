package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.Locale;

/** Content-Range: a part lies in its whole, and is written as it was read (RFC 9110 section 14.4). */
final class ContentRangeFuzzTest {
    @Seeds("content-range")
    @FuzzTest
    void parse(byte[] bytes) {
        FuzzInput.run(bytes, ContentRangeFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        for (String field : input.lines()) {
            ContentRange parsed = input.bounded(() -> ContentRange.parse(field));
            if (parsed == null) {
                continue;
            }
            ByteRange range = parsed.range();
            boolean isUnknown = parsed.completeLength() == ContentRange.UNKNOWN;
            assertTrue(isUnknown ? range != null : parsed.completeLength() >= 0, field);
            assertTrue(isUnknown || range == null || range.last() < parsed.completeLength(), field);
            assertEquals(parsed, ContentRange.parse(parsed.toFieldValue()));
            assertEquals(withoutZeros(field.toLowerCase(Locale.ROOT)), withoutZeros(parsed.toFieldValue()));
        }
    }

    private static String withoutZeros(String text) {
        StringBuilder shorter = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            boolean isFirst = i == 0 || !Character.isDigit(text.charAt(i - 1));
            boolean isLast = i + 1 == text.length() || !Character.isDigit(text.charAt(i + 1));
            boolean isLeading = text.charAt(i) == '0' && (isFirst || endsInSeparator(shorter)) && !isLast;
            shorter.append(isLeading ? "" : text.charAt(i));
        }
        return shorter.toString();
    }

    private static boolean endsInSeparator(StringBuilder text) {
        return text.isEmpty() || !Character.isDigit(text.charAt(text.length() - 1));
    }
}
