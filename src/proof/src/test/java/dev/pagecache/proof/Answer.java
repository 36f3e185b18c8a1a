package dev.pagecache.proof;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client got.
 *
 * @param status status code; 0 if not even the fields came
 * @param fields values by lower-case name; several are joined by a comma and a space
 * @param body what came of the body
 * @param isWhole whether all of it came
 * @param nanos time from the request to the last byte
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and too many to copy
record Answer(int status, Map<String, String> fields, byte[] body, boolean isWhole, long nanos) {

    @Nullable
    String field(String name) {
        return fields.get(name);
    }

    /** How the cache says that it came by it. */
    Origin origin() {
        return Origin.of(fields.get("cache-status"));
    }

    @Override
    public String toString() {
        int shown = Math.min(body.length, 160);
        for (int i = 0; i < shown; i++) {
            if (body[i] == '\n') {
                shown = i;
            }
        }
        return status + " " + fields + " " + body.length + " bytes" + (isWhole ? "" : ", cut off") + ": "
                + new String(body, 0, shown, StandardCharsets.ISO_8859_1);
    }
}
