package dev.pagecache.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pagecache.fuzz.FuzzInput;
import dev.pagecache.fuzz.Seeds;
import dev.pagecache.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stored page after any 304 (RFC 9111 sections 3.2 and 4.3.4). Lines: how many field lines the page has, these, then
 * those of the 304.
 */
final class FresheningRulesFuzzTest {
    /** What stays as it is stored. */
    private static final List<String> KEPT = List.of(
            "connection",
            "content-encoding",
            "content-length",
            "content-md5",
            "content-range",
            "etag",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authentication-info",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** What has rules of its own. */
    private static final List<String> OWN = List.of("age", "date", "expires");

    @Seeds("freshening")
    @FuzzTest
    void merge(byte[] bytes) {
        FuzzInput.run(bytes, FresheningRulesFuzzTest::check);
    }

    private static void check(FuzzInput input) {
        Fields all = input.fields(1);
        int count = (int) Math.floorMod(input.number(0), all.size() + 1L);
        Fields stored = part(all, 0, count);
        Fields notModified = part(all, count, all.size());
        Fields merged = input.bounded(() -> FresheningRules.merge(stored, notModified));
        assertTrue(merged.size() <= all.size());
        List<String> ofConnection = new ArrayList<>(KEPT);
        for (String line : notModified.all("Connection")) {
            FuzzInput.split(line, ',')
                    .forEach(option -> ofConnection.add(option.strip().toLowerCase(Locale.ROOT)));
        }
        ofConnection.removeIf(String::isEmpty);
        for (int i = 0; i < all.size(); i++) {
            String name = all.name(i).toLowerCase(Locale.ROOT);
            boolean isUpdated = notModified.has(name) && !ofConnection.contains(name);
            if (!OWN.contains(name) && !isQuoted(notModified)) {
                assertEquals(isUpdated ? notModified.all(name) : stored.all(name), merged.all(name), name);
            }
        }
        for (String name : KEPT) {
            assertEquals(stored.all(name), merged.all(name), name);
        }
        assertTrue(notModified.has("Date") || !merged.has("Date"));
        assertFalse(merged.has("Age") && !stored.has("Age") && !notModified.has("Age"));
    }

    /** Whether quotes stand where this test and the rules may find different options. */
    private static boolean isQuoted(Fields fields) {
        return fields.all("Connection").stream().anyMatch(line -> line.indexOf('"') >= 0);
    }

    private static Fields part(Fields fields, int from, int to) {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(fields.name(i));
            lines.add(fields.value(i));
        }
        return Fields.of(lines.toArray(String[]::new));
    }
}
