package dev.pagecache.policy;

import dev.pagecache.http.ByteRange;
import dev.pagecache.http.ByteRanges;
import dev.pagecache.http.ContentRange;
import dev.pagecache.http.FieldSource;
import dev.pagecache.http.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stored part of a representation can answer (RFC 9111 section 3.3). A part that is shorter than it says is the
 * beginning of what it says.
 */
public final class PartialRules {
    private static final int PARTIAL_CONTENT = 206;

    private PartialRules() {}

    /**
     * The bytes of a stored part that answer a request. Only one range that lies within the part does, without a
     * condition that a 304 may answer.
     *
     * @param request fields of a GET request without If-Match and If-Unmodified-Since
     * @param status status of what is stored
     * @param response its fields
     * @param contentLength length of its content in bytes
     * @return the bytes; null if it does not answer the request, or is no usable part
     */
    public static @Nullable Excerpt assess(FieldSource request, int status, Fields response, long contentLength) {
        ContentRange stored = status == PARTIAL_CONTENT && !isConditional(request) ? contentRange(response) : null;
        ByteRange declared = stored == null ? null : stored.range();
        if (stored == null || declared == null || contentLength <= 0 || contentLength > declared.length()) {
            return null;
        }
        ByteRange part = new ByteRange(declared.first(), declared.first() + contentLength - 1);
        String range = request.field("Range");
        ByteRanges asked = range == null ? null : ByteRanges.parse(range);
        if (asked == null || asked.size() != 1 || !ConditionRules.isRangeCurrent(request, response)) {
            return null;
        }
        boolean isUnknown = stored.completeLength() == ContentRange.UNKNOWN;
        List<ByteRange> ranges = asked.resolve(isUnknown ? Long.MAX_VALUE : stored.completeLength());
        if (ranges.isEmpty() || !part.contains(ranges.get(0))) {
            return null;
        }
        ByteRange answered = ranges.get(0);
        return new Excerpt(answered.first() - part.first(), new ContentRange(answered, stored.completeLength()));
    }

    /** They come before Range (RFC 9110 section 13.2.2), and what they ask of is the whole. */
    private static boolean isConditional(FieldSource request) {
        return request.field("If-None-Match") != null || request.field("If-Modified-Since") != null;
    }

    /**
     * Which part of the whole a partial response is.
     *
     * @param response its fields
     * @return the range, or null if they do not say so in one usable Content-Range
     */
    static @Nullable ByteRange part(Fields response) {
        ContentRange stored = contentRange(response);
        return stored == null ? null : stored.range();
    }

    private static @Nullable ContentRange contentRange(Fields response) {
        List<String> lines = response.all("Content-Range");
        return lines.size() == 1 ? ContentRange.parse(lines.get(0)) : null;
    }

    /**
     * Bytes of the stored content.
     *
     * @param offset where in the stored content they start
     * @param contentRange what they are of the whole, whose range says how many they are
     */
    public record Excerpt(long offset, ContentRange contentRange) {}
}
