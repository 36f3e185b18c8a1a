package dev.pagecache.servlet;

import dev.pagecache.entry.Body;
import dev.pagecache.entry.Page;
import dev.pagecache.http.ByteRange;
import dev.pagecache.http.ContentRange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Several ranges of a page as one message (RFC 9110 sections 14.6 and 15.3.7.2). Only what stands between the parts is
 * made; their bytes are written from the page.
 *
 * <p>Confined to one request.
 */
final class MultipartRanges {
    private final Body body;
    private final List<ByteRange> ranges;
    private final String boundary;
    private final List<byte[]> heads;
    private final byte[] end;

    private MultipartRanges(Body body, List<ByteRange> ranges, String boundary, List<byte[]> heads, byte[] end) {
        this.body = body;
        this.ranges = ranges;
        this.boundary = boundary;
        this.heads = heads;
        this.end = end;
    }

    /**
     * A message with a boundary of 128 random bits, which stands in no content but by a chance that is none.
     *
     * @param random not foreseeable where content may be hostile
     */
    static MultipartRanges of(Page page, List<ByteRange> ranges, RandomGenerator random) {
        String boundary = hex(random.nextLong()) + hex(random.nextLong());
        String contentType = page.fields().first("Content-Type");
        List<byte[]> heads = new ArrayList<>(ranges.size());
        for (ByteRange range : ranges) {
            String head = head(
                    boundary, contentType, new ContentRange(range, page.body().length()));
            heads.add(bytes(heads.isEmpty() ? head : "\r\n" + head));
        }
        return new MultipartRanges(page.body(), ranges, boundary, heads, bytes("\r\n--" + boundary + "--\r\n"));
    }

    private static String head(String boundary, @Nullable String contentType, ContentRange range) {
        return "--"
                + boundary
                + (contentType == null ? "" : "\r\nContent-Type: " + contentType)
                + "\r\nContent-Range: "
                + range.toFieldValue()
                + "\r\n\r\n";
    }

    private static String hex(long number) {
        String digits = Long.toHexString(number);
        return "0".repeat(16 - digits.length()) + digits;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    String contentType() {
        return "multipart/byteranges; boundary=" + boundary;
    }

    long length() {
        long length = end.length;
        for (int i = 0; i < heads.size(); i++) {
            length += heads.get(i).length + ranges.get(i).length();
        }
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (int i = 0; i < heads.size(); i++) {
            ByteRange range = ranges.get(i);
            out.write(heads.get(i));
            out.write(body.array(), body.offset() + (int) range.first(), (int) range.length());
        }
        out.write(end);
    }
}
