package dev.pagecache.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form (WHATWG URL section 5.1), read from a request's body alone: a query is none of it, and
 * containers differ in what else they take for parameters.
 *
 * @param fields names and values in their order
 */
record FormBody(List<Field> fields) {
    /** Most bytes of a body. */
    static final int MAX_BYTES = 64 * 1024;

    /** Most fields of a body. */
    static final int MAX_FIELDS = 1_000;

    private static final String TYPE = "application/x-www-form-urlencoded";

    /** Copies the list. */
    FormBody {
        fields = List.copyOf(fields);
    }

    /**
     * A field.
     *
     * @param name its name
     * @param value its value, empty if it has none
     */
    record Field(String name, String value) {}

    /** Whether a request says that it has a form. */
    static boolean isSentWith(HttpServletRequest request) {
        String type = request.getContentType();
        if (type == null) {
            return false;
        }
        int semicolon = type.indexOf(';');
        String bare = semicolon < 0 ? type : type.substring(0, semicolon);
        return bare.strip().toLowerCase(Locale.ROOT).equals(TYPE);
    }

    /**
     * Reads the form of a request.
     *
     * @return null if it is longer than {@link #MAX_BYTES}
     * @throws IllegalArgumentException if it is none or has too many fields, with a sentence that repeats nothing of it
     */
    static @Nullable FormBody read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > MAX_BYTES) {
            return null;
        }
        byte[] body = request.getInputStream().readNBytes(MAX_BYTES + 1);
        return body.length > MAX_BYTES ? null : parse(new String(body, StandardCharsets.ISO_8859_1));
    }

    static FormBody parse(String body) {
        List<Field> fields = new ArrayList<>();
        for (int start = 0; start < body.length(); ) {
            int ampersand = body.indexOf('&', start);
            int end = ampersand < 0 ? body.length() : ampersand;
            if (start < end) {
                fields.add(field(body.substring(start, end)));
            }
            if (fields.size() > MAX_FIELDS) {
                throw new IllegalArgumentException("body: it has more than " + MAX_FIELDS + " fields");
            }
            start = end + 1;
        }
        return new FormBody(fields);
    }

    private static Field field(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new Field(decoded(text), "")
                : new Field(decoded(text.substring(0, equals)), decoded(text.substring(equals + 1)));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("body: it has a percent sign without two hexadecimal digits", e);
        }
    }
}
