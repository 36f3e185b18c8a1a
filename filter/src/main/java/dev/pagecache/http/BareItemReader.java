package dev.pagecache.http;

import dev.pagecache.http.StructuredValue.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place in the text of a structured field, and the bare items that can stand there (RFC 9651 sections 4.2.3.1 and
 * 4.2.4 to 4.2.10). What is not well-formed is null.
 *
 * <p>Confined to one thread.
 */
final class BareItemReader {
    private static final int MAX_INTEGER_DIGITS = 15;
    private static final int MAX_WHOLE_DIGITS = 12;
    private static final int MAX_FRACTION_DIGITS = 3;

    /** No character. */
    private static final char END = '\uFFFF';

    private final String text;
    private int at;

    BareItemReader(String text) {
        this.text = text;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    /** The character at this place, or one that stands in no structured field. */
    char peek() {
        return isAtEnd() ? END : text.charAt(at);
    }

    /** Moves on over a character if it stands here. */
    boolean take(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    void skipSpaces() {
        while (peek() == ' ') {
            at++;
        }
    }

    void skipWhiteSpace() {
        while (FieldSyntax.isWhiteSpace(peek())) {
            at++;
        }
    }

    /** RFC 9651 section 4.2.3.3. */
    @Nullable
    String key() {
        int start = at;
        if (!isLowerCase(peek()) && peek() != '*') {
            return null;
        }
        while (isLowerCase(peek()) || isDigit(peek()) || "_-.*".indexOf(peek()) >= 0) {
            at++;
        }
        return text.substring(start, at);
    }

    /** RFC 9651 section 4.2.3.1. */
    @Nullable
    StructuredValue bareItem() {
        char c = peek();
        if (c == '-' || isDigit(c)) {
            return number();
        }
        if (c == '*' || isLetter(c)) {
            return token();
        }
        at++;
        return switch (c) {
            case '"' -> string();
            case '?' -> bool();
            case ':' -> byteSequence();
            case '@' -> date();
            case '%' -> displayString();
            default -> null;
        };
    }

    private @Nullable StructuredValue number() {
        int start = at;
        take('-');
        int whole = digits();
        if (!take('.')) {
            return whole == 0 || whole > MAX_INTEGER_DIGITS
                    ? null
                    : new StructuredValue(Kind.INTEGER, text.substring(start, at));
        }
        int fraction = digits();
        return whole == 0 || whole > MAX_WHOLE_DIGITS || fraction == 0 || fraction > MAX_FRACTION_DIGITS
                ? null
                : StructuredValue.OTHER;
    }

    private int digits() {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        return at - start;
    }

    private StructuredValue token() {
        int start = at;
        while (FieldSyntax.isTokenChar(peek()) || peek() == ':' || peek() == '/') {
            at++;
        }
        return new StructuredValue(Kind.TOKEN, text.substring(start, at));
    }

    private @Nullable StructuredValue string() {
        StringBuilder content = new StringBuilder();
        while (!take('"')) {
            boolean isEscaped = take('\\');
            char c = peek();
            if (!isPrintable(c) || (isEscaped && c != '"' && c != '\\')) {
                return null;
            }
            content.append(c);
            at++;
        }
        return new StructuredValue(Kind.STRING, content.toString());
    }

    private @Nullable StructuredValue bool() {
        if (take('1')) {
            return StructuredValue.TRUE;
        }
        return take('0') ? StructuredValue.FALSE : null;
    }

    /** Base64 whose padding may be left out (RFC 9651 section 4.2.7). */
    private @Nullable StructuredValue byteSequence() {
        int start = at;
        while (isLetter(peek()) || isDigit(peek()) || peek() == '+' || peek() == '/') {
            at++;
        }
        int characters = at - start;
        boolean isPadded = take('=');
        if (isPadded) {
            take('=');
        }
        boolean isWhole = isPadded ? (at - start) % 4 == 0 : characters % 4 != 1;
        return take(':') && isWhole ? StructuredValue.OTHER : null;
    }

    private @Nullable StructuredValue date() {
        StructuredValue seconds = number();
        return seconds == null || seconds.kind() != Kind.INTEGER ? null : StructuredValue.OTHER;
    }

    /** Percent-encoded UTF-8 (RFC 9651 section 4.2.10). */
    private @Nullable StructuredValue displayString() {
        if (!take('"')) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!take('"')) {
            int next = take('%') ? hexDigit() << 4 | hexDigit() : printable();
            if (next < 0) {
                return null;
            }
            bytes.write(next);
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return StructuredValue.OTHER;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The value of a lower-case hexadecimal digit, or a negative number. */
    private int hexDigit() {
        int value = "0123456789abcdef".indexOf(peek());
        at++;
        return value;
    }

    private int printable() {
        char c = peek();
        at++;
        return isPrintable(c) ? c : -1;
    }

    private static boolean isPrintable(char c) {
        return c >= ' ' && c < 0x7F;
    }

    private static boolean isLetter(char c) {
        return isLowerCase(c) || (c >= 'A' && c <= 'Z');
    }

    private static boolean isLowerCase(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
