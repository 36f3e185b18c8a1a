package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.FuzzRequest;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.ByteRange;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.AnswerPlan.Part;
import dev.pagecache.policy.AnswerPlan.Parts;
import dev.pagecache.policy.AnswerPlan.Plain;
import java.util.List;

/**
 * How a stored page answers any conditions and ranges. Lines: status, length of the content, method, then field lines,
 * which are those of request and page alike.
 */
final class AnswerRulesFuzzTest {
    @Seeds("answer")
    @FuzzTest
    void assess(byte[] bytes) {
        FuzzInput.run(bytes, AnswerRulesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        int status = (int) input.number(0);
        long length = input.number(1) & Long.MAX_VALUE;
        Fields fields = input.fields(3);
        FuzzRequest request = new FuzzRequest(input.line(2), "/", null, fields);
        AnswerPlan plan = input.bounded(() -> AnswerRules.assess(request, status, fields, length));
        if (plan instanceof Part part) {
            checkRanges(List.of(part.range()), length);
        } else if (plan instanceof Parts parts) {
            assertTrue(parts.ranges().size() > 1 && parts.ranges().size() <= AnswerRules.MAX_RANGES);
            assertTrue(!fields.has("Content-Encoding"));
            checkRanges(parts.ranges(), length);
        }
        boolean isRanged = plan instanceof Part || plan instanceof Parts || plan == Plain.UNSATISFIABLE;
        assertTrue(!isRanged || (status == 200 && request.method().equals("GET") && fields.has("Range")));
        if (plan == Plain.NOT_MODIFIED) {
            assertEquals(200, status);
            assertTrue(fields.has("If-None-Match") || fields.has("If-Modified-Since"));
        } else if (plan == Plain.PRECONDITION_FAILED) {
            assertTrue(status >= 200 && status <= 299);
            assertTrue(fields.has("If-Match") || fields.has("If-Unmodified-Since"));
        }
    }

    private static void checkRanges(List<ByteRange> ranges, long length) {
        long total = 0;
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange range = ranges.get(i);
            assertTrue(range.first() >= 0 && range.last() < length, range.toString());
            total += range.length();
            for (ByteRange other : ranges.subList(0, i)) {
                assertTrue(!range.touches(other), ranges.toString());
            }
        }
        assertTrue(total > 0 && total <= length, ranges.toString());
    }
}
