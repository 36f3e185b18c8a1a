package dev.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A member of {@code Accept-Charset}, {@code Accept-Encoding} or {@code Accept-Language}: a name with the weight that
 * the client gives it (RFC 9110 section 12.4.2).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param name a charset, coding, language range or {@code *}, in lower case
 * @param thousandths its weight times 1000, from 0 (not acceptable) to {@value #MAX_THOUSANDTHS}
 */
public record WeightedName(String name, int thousandths) {
    /** The weight of a name that comes without one, times 1000. */
    public static final int MAX_THOUSANDTHS = 1000;

    private static final int MAX_DIGITS = 3;

    /**
     * Reads a whole field.
     *
     * @param value the field's combined value
     * @return its members in order, empty if it has none; null if one of them is no token with at most a weight
     */
    public static @Nullable List<WeightedName> parse(String value) {
        List<WeightedName> names = new ArrayList<>();
        for (String member : FieldSyntax.listMembers(List.of(value))) {
            int semicolon = member.indexOf(';');
            int end = semicolon < 0 ? member.length() : semicolon;
            String name = FieldSyntax.trim(member, 0, end);
            int thousandths = semicolon < 0
                    ? MAX_THOUSANDTHS
                    : thousandths(FieldSyntax.trim(member, semicolon + 1, member.length()));
            if (thousandths < 0 || !FieldSyntax.isToken(name)) {
                return null;
            }
            names.add(new WeightedName(name.toLowerCase(Locale.ROOT), thousandths));
        }
        return names;
    }

    /** A weight times 1000, or a negative number if the text is none; the name {@code q} has no letter case. */
    private static int thousandths(String text) {
        if (text.length() < 3 || (text.charAt(0) != 'q' && text.charAt(0) != 'Q') || text.charAt(1) != '=') {
            return -1;
        }
        int whole = text.charAt(2) - '0';
        if (whole < 0 || whole > 1 || (text.length() > 3 && text.charAt(3) != '.') || text.length() > 4 + MAX_DIGITS) {
            return -1;
        }
        int thousandths = whole * MAX_THOUSANDTHS;
        int unit = MAX_THOUSANDTHS;
        for (int i = 4; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            unit /= 10;
            thousandths += digit * unit;
        }
        return thousandths <= MAX_THOUSANDTHS ? thousandths : -1;
    }

    /**
     * The member in its shortest form.
     *
     * @return for example {@code de}, {@code en;q=0.8} or {@code *;q=0}
     */
    public String toFieldValue() {
        if (thousandths == MAX_THOUSANDTHS) {
            return name;
        }
        StringBuilder text = new StringBuilder(name).append(";q=0");
        if (thousandths > 0) {
            text.append('.');
        }
        int rest = thousandths;
        for (int unit = MAX_THOUSANDTHS / 10; rest > 0; unit /= 10) {
            text.append((char) ('0' + rest / unit));
            rest %= unit;
        }
        return text.toString();
    }
}
