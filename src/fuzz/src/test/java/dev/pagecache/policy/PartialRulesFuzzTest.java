package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.FuzzRequest;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.ByteRange;
import dev.pagecache.http.ContentRange;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.PartialRules.Excerpt;
import java.util.Objects;

/**
 * What a stored part answers lies in it. Lines: status, length of the content, then field lines, which are those of
 * request and part alike.
 */
final class PartialRulesFuzzTest {
    @Seeds("partial")
    @FuzzTest
    void assess(byte[] bytes) {
        FuzzInput.run(bytes, PartialRulesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        int status = (int) input.number(0);
        long length = input.number(1) & Long.MAX_VALUE;
        Fields fields = input.fields(2);
        FuzzRequest request = new FuzzRequest("GET", "/", null, fields);
        ByteRange part = PartialRules.part(fields);
        Excerpt excerpt = input.bounded(() -> PartialRules.assess(request, status, fields, length));
        assertEquals(
                part == null || (length > 0 && length <= part.length()), StoreRules.isComplete(206, fields, length));
        if (excerpt == null) {
            return;
        }
        assertTrue(status == 206 && fields.has("Range") && part != null);
        ContentRange stored =
                Objects.requireNonNull(ContentRange.parse(Objects.requireNonNull(fields.first("Content-Range"))));
        ByteRange answered = Objects.requireNonNull(excerpt.contentRange().range());
        assertEquals(stored.completeLength(), excerpt.contentRange().completeLength());
        assertTrue(excerpt.offset() >= 0 && excerpt.offset() + answered.length() <= length, excerpt.toString());
        assertTrue(part.contains(answered) && answered.first() == part.first() + excerpt.offset());
    }
}
