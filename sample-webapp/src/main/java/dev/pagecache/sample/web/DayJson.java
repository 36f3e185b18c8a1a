package dev.pagecache.sample.web;

import dev.pagecache.sample.atlas.DayCharacter;
import java.util.List;

/** Writes the characters of some days as JSON (RFC 8259). */
final class DayJson {

    private DayJson() {}

    /** An object with one member, {@code days}. */
    static String of(List<DayCharacter> days) {
        StringBuilder json = new StringBuilder("{\"days\":[");
        for (DayCharacter day : days) {
            if (json.charAt(json.length() - 1) == '}') {
                json.append(',');
            }
            json.append("{\"date\":");
            string(json, day.date().toString());
            json.append(",\"codePoint\":");
            string(json, day.cell().hex());
            json.append(",\"glyph\":");
            string(json, day.cell().glyph());
            json.append(",\"name\":");
            string(json, day.cell().name());
            json.append('}');
        }
        return json.append("]}").toString();
    }

    private static void string(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20) {
                json.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
