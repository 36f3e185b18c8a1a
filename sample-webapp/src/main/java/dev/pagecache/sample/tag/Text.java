package dev.pagecache.sample.tag;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Functions of the pages' expression language. */
public final class Text {

    private Text() {}

    /**
     * Text as it may stand in an element or a quoted attribute.
     *
     * @param value any value; null becomes empty
     * @return its text with {@code & < > " '} as references
     */
    public static String html(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /**
     * Text as a value in a query string.
     *
     * @param value any text
     * @return percent-encoded UTF-8
     */
    public static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
