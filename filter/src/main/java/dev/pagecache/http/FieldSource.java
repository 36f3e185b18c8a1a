package dev.pagecache.http;

import org.jspecify.annotations.Nullable;

/** Gives the combined value of a field of one message. */
@FunctionalInterface
public interface FieldSource {

    /**
     * The value of a field: its lines in order, joined by a comma and a space (RFC 9110 section 5.3).
     *
     * @param name field name, letter case ignored
     * @return the value, empty if it is, or null if the message has no such field
     */
    @Nullable
    String field(String name);
}
