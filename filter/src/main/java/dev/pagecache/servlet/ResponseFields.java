package dev.pagecache.servlet;

import dev.pagecache.http.Fields;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads and writes the field lines of a servlet response, and sees whether it has content. */
final class ResponseFields {
    private ResponseFields() {}

    /** All field lines, those of one name together. */
    static Fields read(HttpServletResponse response) {
        List<String> lines = new ArrayList<>(32);
        Set<String> seen = new HashSet<>();
        for (String name : response.getHeaderNames()) {
            if (seen.add(name.toLowerCase(Locale.ROOT))) {
                for (String value : response.getHeaders(name)) {
                    lines.add(name);
                    lines.add(value);
                }
            }
        }
        String contentType = response.getContentType();
        if (contentType != null && !seen.contains("content-type")) {
            lines.add("Content-Type");
            lines.add(contentType);
        }
        return Fields.of(lines.toArray(String[]::new));
    }

    /** Whether a response that is not committed has content in its buffer: only then may the buffer not be set. */
    static boolean hasContent(HttpServletResponse response) {
        try {
            response.setBufferSize(response.getBufferSize());
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /**
     * The lines that came since: those of the container and of filters outside, which set them again for every
     * response, are not the page's own.
     */
    static Fields since(Fields before, Fields now) {
        return now.without(name -> before.has(name) && before.all(name).equals(now.all(name)));
    }

    /** Sets the lines, in place of those of the same names. */
    static void set(HttpServletResponse response, Fields fields) {
        for (int i = 0; i < fields.size(); i++) {
            String name = fields.name(i);
            if (i > 0 && fields.name(i - 1).equalsIgnoreCase(name)) {
                response.addHeader(name, fields.value(i));
            } else {
                response.setHeader(name, fields.value(i));
            }
        }
    }
}
