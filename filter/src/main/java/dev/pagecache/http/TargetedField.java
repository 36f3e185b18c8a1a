package dev.pagecache.http;

import dev.pagecache.http.StructuredValue.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The directives of a targeted field such as {@code CDN-Cache-Control} (RFC 9213 section 2.1). It is a Dictionary, so
 * that its names have lower-case letters only, and it counts as a whole or not at all.
 *
 * <p>Safe for use by many threads.
 */
public final class TargetedField {
    /** Directives whose value is an Integer, 0 or more (RFC 9111 section 1.2.2, RFC 5861). */
    private static final Set<String> SECONDS =
            Set.of("max-age", "s-maxage", "stale-while-revalidate", "stale-if-error");

    /** Directives without a value: a Boolean. */
    private static final Set<String> FLAGS =
            Set.of("must-revalidate", "must-understand", "no-store", "proxy-revalidate", "public");

    /**
     * Directives with or without a value. RFC 9213 section 2.1 maps the qualified form of no-cache to a String; RFC
     * 9111 section 5.2.2.7 gives private the same form, and both sections of RFC 9111 know it as a token, too.
     */
    private static final Set<String> QUALIFIED = Set.of("no-cache", "private");

    private TargetedField() {}

    /**
     * Reads a targeted field. Parameters and unknown directives are ignored, the last of several directives of one name
     * counts, and one whose value is Boolean false is absent.
     *
     * @param lines values of all lines of the field, in order
     * @return the directives that caches know, in the sense of {@code Cache-Control}, empty if there are only others;
     *     null if the field is to be ignored, because it is empty, its syntax is broken, or a known directive has a
     *     value of a wrong type
     */
    public static @Nullable CacheDirectives parse(List<String> lines) {
        Map<String, StructuredValue> members = StructuredDictionary.parse(String.join(", ", lines));
        if (members == null || members.isEmpty()) {
            return null;
        }
        CacheDirectives directives = CacheDirectives.parse(List.of());
        for (Map.Entry<String, StructuredValue> member : members.entrySet()) {
            String name = member.getKey();
            StructuredValue value = member.getValue();
            if (!isKnown(name)) {
                continue;
            }
            if (!isTypeOf(name, value)) {
                return null;
            }
            if (value.kind() != Kind.BOOLEAN) {
                directives = directives.with(name, value.text());
            } else if (value.equals(StructuredValue.TRUE)) {
                directives = directives.with(name);
            }
        }
        return directives;
    }

    private static boolean isKnown(String name) {
        return SECONDS.contains(name) || FLAGS.contains(name) || QUALIFIED.contains(name);
    }

    private static boolean isTypeOf(String name, StructuredValue value) {
        return switch (value.kind()) {
            case INTEGER -> SECONDS.contains(name) && !value.text().startsWith("-");
            case BOOLEAN -> !SECONDS.contains(name);
            case STRING, TOKEN -> QUALIFIED.contains(name);
            case INNER_LIST, OTHER -> false;
        };
    }
}
