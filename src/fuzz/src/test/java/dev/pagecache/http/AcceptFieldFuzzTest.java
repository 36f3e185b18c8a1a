package dev.pagecache.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Accept: only white space, empty parts and letter case of names go into the form (RFC 9110 section 12.5.1). */
final class AcceptFieldFuzzTest {
    @Seeds("accept")
    @FuzzTest
    void canonical(byte[] bytes) {
        FuzzInput.run(bytes, AcceptFieldFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        String form = input.bounded(() -> AcceptField.canonical(input.text()));
        if (form != null) {
            assertEquals(expected(input.text()), form);
            assertEquals(form, AcceptField.canonical(form));
        }
    }

    /** The form of a field that is well-formed, by another reading than the one that is tested. */
    private static String expected(String value) {
        List<String> members = new ArrayList<>();
        for (String member : split(value, ',')) {
            List<String> parts = new ArrayList<>();
            for (String part : split(member, ';')) {
                int equals = parts.isEmpty() ? part.length() : part.indexOf('=');
                if (!part.isEmpty()) {
                    parts.add(part.substring(0, equals).toLowerCase(Locale.ROOT) + part.substring(equals));
                }
            }
            if (!parts.isEmpty()) {
                members.add(String.join(";", parts));
            }
        }
        return String.join(", ", members);
    }

    /** Parts between separators outside quoted-strings, without white space outside of them. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean isQuoted = false;
        boolean isEscaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isQuoted && c == separator) {
                parts.add(part.toString());
                part.setLength(0);
            } else if (isQuoted || (c != ' ' && c != '\t')) {
                part.append(c);
            }
            isQuoted ^= c == '"' && !isEscaped;
            isEscaped = isQuoted && c == '\\' && !isEscaped;
        }
        parts.add(part.toString());
        return parts;
    }
}
