package dev.pagecache.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries read as {@code application/x-www-form-urlencoded} (WHATWG URL section 5.1). Every text is one; the work grows
 * with its length.
 */
final class FormQuery {
    /** The first octet of a UTF-8 sequence of three, which encodes a surrogate if 0xA0 or more follows. */
    private static final int BEFORE_SURROGATE = 0xED;

    /** An octet that stands nowhere in UTF-8. */
    private static final int NO_UTF8 = 0xFF;

    private static final int NO_OCTET = -1;

    /** Characters besides letters and digits that are not encoded. */
    private static final String PLAIN = "*-._";

    private static final String HEX_DIGITS = "0123456789ABCDEF";

    private FormQuery() {}

    /**
     * A name and its value, decoded; they hold no unpaired surrogates.
     *
     * @param name the name, may be empty
     * @param value the value, empty if there is none
     */
    record Parameter(String name, String value) {}

    /**
     * The parameters of a query in order. What is empty between two {@code &} is none.
     *
     * @param query raw query, ASCII
     */
    static List<Parameter> parse(String query) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < query.length()) {
            int ampersand = query.indexOf('&', start);
            int end = ampersand < 0 ? query.length() : ampersand;
            if (start < end) {
                parameters.add(parameter(query.substring(start, end)));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static Parameter parameter(String text) {
        int equals = text.indexOf('=');
        return equals < 0
                ? new Parameter(decode(text), "")
                : new Parameter(decode(text.substring(0, equals)), decode(text.substring(equals + 1)));
    }

    /**
     * A name or a value without its encoding: {@code +} is a space, a {@code %} before anything but two hexadecimal
     * digits is itself, and what is not UTF-8 becomes U+FFFD.
     *
     * @param text encoded text, ASCII
     */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text.replace('+', ' ');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int last = NO_OCTET;
        for (int i = 0; i < text.length(); i++) {
            int octet = text.charAt(i) == '+' ? ' ' : text.charAt(i);
            int encoded = octet == '%' ? encodedOctet(text, i + 1) : NO_OCTET;
            if (encoded >= 0) {
                octet = encoded;
                i += 2;
            }
            if (last != NO_OCTET) {
                bytes.write(isSurrogate(last, octet) ? NO_UTF8 : last);
            }
            last = octet;
        }
        bytes.write(last);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /**
     * Java's decoder makes one U+FFFD of an encoded surrogate, the URL standard's makes one of each of its octets
     * (WHATWG Encoding section 8.1.1). Where this is true the first octet gives way to one that Java replaces alone.
     */
    private static boolean isSurrogate(int octet, int next) {
        return octet == BEFORE_SURROGATE && next >= 0xA0 && next <= 0xBF;
    }

    /** The octet that two hexadecimal digits give, or a negative number if they are none. */
    private static int encodedOctet(String text, int at) {
        return at + 1 < text.length() ? hexDigit(text.charAt(at)) << 4 | hexDigit(text.charAt(at + 1)) : -1;
    }

    private static int hexDigit(char c) {
        return c < 0x80 ? Character.digit(c, 16) : -1;
    }

    /**
     * The parameters in the one spelling that all queries with them share, in ASCII; different parameters never share
     * it.
     */
    static String serialize(List<Parameter> parameters) {
        StringBuilder query = new StringBuilder();
        for (Parameter parameter : parameters) {
            query.append(query.isEmpty() ? "" : "&");
            encode(parameter.name(), query);
            query.append('=');
            encode(parameter.value(), query);
        }
        return query.toString();
    }

    /**
     * Appends a text in its encoding (WHATWG URL section 1.3, application/x-www-form-urlencoded percent-encode set).
     */
    private static void encode(String text, StringBuilder to) {
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (c == ' ') {
                to.append('+');
            } else if (c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)) {
                to.append(c);
            } else {
                to.append('%').append(HEX_DIGITS.charAt(c >> 4)).append(HEX_DIGITS.charAt(c & 0xF));
            }
        }
    }
}
