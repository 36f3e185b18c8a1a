package dev.pagecache.servlet;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A response as it stood on the wire. */
public final class Reply {
    private final String statusLine;
    private final List<String> fields;
    private final byte[] body;
    private final boolean complete;

    Reply(String statusLine, List<String> fields, byte[] body, boolean complete) {
        this.statusLine = statusLine;
        this.fields = List.copyOf(fields);
        this.body = body.clone();
        this.complete = complete;
    }

    public String statusLine() {
        return statusLine;
    }

    public int status() {
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    /** Field lines in their order and letter case. */
    public List<String> fields() {
        return fields;
    }

    public byte[] body() {
        return body.clone();
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Whether the body had the length that its framing promised. */
    public boolean isComplete() {
        return complete;
    }

    /** The values of all lines of a field. */
    public List<String> values(String name) {
        List<String> values = new ArrayList<>();
        for (String field : fields) {
            int colon = field.indexOf(':');
            if (field.substring(0, colon).equalsIgnoreCase(name)) {
                values.add(field.substring(colon + 1).strip());
            }
        }
        return values;
    }

    /** All lines of a field as one list, or null where there is none. */
    @Nullable
    public String field(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : String.join(", ", values);
    }

    public boolean has(String name) {
        return !values(name).isEmpty();
    }

    /** The value of a field that must be there once. */
    public String one(String name) {
        List<String> values = values(name);
        if (values.size() != 1) {
            throw new AssertionError("one " + name + " expected in " + this);
        }
        return values.get(0);
    }

    /** The members of a list field in lower case, sorted. */
    public List<String> members(String name) {
        List<String> members = new ArrayList<>();
        for (String value : values(name)) {
            for (String member : value.split(",", -1)) {
                members.add(member.strip().toLowerCase(Locale.ROOT));
            }
        }
        members.sort(null);
        return members;
    }

    public Instant date(String name) {
        return ZonedDateTime.parse(one(name), DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    public String cacheStatus() {
        String value = field("Cache-Status");
        return value == null ? "" : value;
    }

    /**
     * Whether the answer was not rendered for this request: found in the store, or taken over from a render that was
     * just ending when the request came in.
     */
    public boolean isHit() {
        return cacheStatus().contains("; hit") || cacheStatus().contains("; collapsed");
    }

    public boolean saysStored() {
        return cacheStatus().contains("; stored");
    }

    /** Seconds of freshness left as Cache-Status has it. */
    public long ttl() {
        String status = cacheStatus();
        int at = status.indexOf("; ttl=");
        if (at < 0) {
            throw new AssertionError("no ttl in " + this);
        }
        int end = status.indexOf(';', at + 1);
        return Long.parseLong(status.substring(at + 6, end < 0 ? status.length() : end));
    }

    /** Field lines sorted by name, lines of one name in their order, without some. */
    public List<String> fieldsWithout(String... names) {
        List<String> kept = new ArrayList<>();
        for (String field : fields) {
            String name = field.substring(0, field.indexOf(':'));
            boolean isDropped = false;
            for (String dropped : names) {
                isDropped |= dropped.equalsIgnoreCase(name);
            }
            if (!isDropped) {
                kept.add(field);
            }
        }
        kept.sort((a, b) -> a.substring(0, a.indexOf(':')).compareToIgnoreCase(b.substring(0, b.indexOf(':'))));
        return kept;
    }

    @Override
    public String toString() {
        String shown = new String(body, 0, Math.min(body.length, 200), StandardCharsets.UTF_8);
        return statusLine + "\n" + String.join("\n", fields) + "\n\n" + shown + (complete ? "" : " [cut]") + " ("
                + body.length + " bytes)";
    }
}
