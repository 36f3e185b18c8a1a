package dev.pagecache.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The directives of all {@code Cache-Control} lines of a message (RFC 9111 section 5.2), in order and as they were
 * spelled. Names are compared without letter case.
 *
 * <p>What cannot be read never fails, it is taken at its strictest: a malformed piece, or a quoted-string without an
 * end, counts as every restriction whose name stands anywhere in it, and makes a freshness directive named in it not
 * valid.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class CacheDirectives {
    private static final CacheDirectives EMPTY = new CacheDirectives(List.of(), Set.of());

    /** Names that count wherever they stand in a piece that cannot be read. */
    private static final Set<String> STRICT_NAMES = Set.of(
            "private",
            "no-store",
            "no-cache",
            "must-revalidate",
            "proxy-revalidate",
            "max-age",
            "s-maxage",
            "stale-while-revalidate",
            "stale-if-error");

    /** Those of them that permit nothing, so that they may be written in full where they are only suspected. */
    private static final Set<String> RESTRICTING_ONLY = Set.of("private", "no-store", "no-cache", "proxy-revalidate");

    private final List<CacheDirective> directives;
    private final Set<String> suspected;

    private CacheDirectives(List<CacheDirective> directives, Set<String> suspected) {
        this.directives = List.copyOf(directives);
        this.suspected = Set.copyOf(suspected);
    }

    /**
     * Reads the directives.
     *
     * @param lines values of all {@code Cache-Control} lines, in order
     * @return the directives, empty if there are none
     */
    public static CacheDirectives parse(List<String> lines) {
        if (lines.isEmpty()) {
            return EMPTY;
        }
        List<CacheDirective> directives = new ArrayList<>();
        Set<String> suspected = new HashSet<>();
        for (String member : FieldSyntax.listMembers(lines)) {
            CacheDirective directive = CacheDirective.of(member);
            directives.add(directive);
            if (!directive.isWellFormed()) {
                suspect(member, suspected);
            }
        }
        if (!areBalanced(lines)) {
            // Joined to one value, the lines after such a quoted-string swap what is inside and outside of quotes.
            lines.forEach(line -> suspect(line, suspected));
        }
        return new CacheDirectives(directives, suspected);
    }

    private static boolean areBalanced(List<String> lines) {
        for (String line : lines) {
            if (!FieldSyntax.isBalanced(line)) {
                return false;
            }
        }
        return true;
    }

    /** Adds the strict names that stand as words anywhere in the text. */
    private static void suspect(String text, Set<String> suspected) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && FieldSyntax.isTokenChar(text.charAt(i))) {
                continue;
            }
            String word = text.substring(start, i).toLowerCase(Locale.ROOT);
            if (STRICT_NAMES.contains(word)) {
                suspected.add(word);
            }
            start = i + 1;
        }
    }

    /**
     * Whether a directive is there, with or without an argument.
     *
     * @param lowerCaseName its name in lower case
     * @return true if it is
     */
    public boolean has(String lowerCaseName) {
        return find(lowerCaseName) != null || suspected.contains(lowerCaseName);
    }

    /**
     * Argument of the first directive of a name.
     *
     * @param lowerCaseName its name in lower case
     * @return the argument without quotes and escapes, or null if there is no such directive or it has no argument
     */
    public @Nullable String argument(String lowerCaseName) {
        CacheDirective directive = find(lowerCaseName);
        if (directive == null || directive.argument() == null) {
            return null;
        }
        String argument = directive.argument();
        return FieldSyntax.isQuotedString(argument) ? FieldSyntax.unquote(argument) : argument;
    }

    /**
     * Seconds of a directive. Of several different ones the strictest counts, which RFC 9111 section 4.2.1 permits: the
     * smallest, for {@code min-fresh} the largest; one that is not valid makes the whole not valid.
     *
     * @param lowerCaseName its name in lower case
     * @return the seconds, or null if there is no such directive
     */
    public @Nullable DeltaSeconds seconds(String lowerCaseName) {
        if (suspected.contains(lowerCaseName)) {
            return DeltaSeconds.parse(null);
        }
        DeltaSeconds strictest = null;
        for (CacheDirective directive : directives) {
            if (!directive.name().equals(lowerCaseName)) {
                continue;
            }
            DeltaSeconds seconds = DeltaSeconds.parse(directive.argument());
            if (!seconds.isValid()) {
                return seconds;
            }
            if (strictest == null || isStricter(lowerCaseName, seconds, strictest)) {
                strictest = seconds;
            }
        }
        return strictest;
    }

    private static boolean isStricter(String name, DeltaSeconds one, DeltaSeconds other) {
        return name.equals("min-fresh") ? one.seconds() > other.seconds() : one.seconds() < other.seconds();
    }

    private @Nullable CacheDirective find(String lowerCaseName) {
        for (CacheDirective directive : directives) {
            if (directive.name().equals(lowerCaseName)) {
                return directive;
            }
        }
        return null;
    }

    /**
     * Whether {@code public} is there (RFC 9111 section 5.2.2.9).
     *
     * @return true if it is
     */
    public boolean isPublic() {
        return has("public");
    }

    /**
     * Whether {@code private} is there, qualified or not (RFC 9111 section 5.2.2.7).
     *
     * @return true if it is
     */
    public boolean isPrivate() {
        return has("private");
    }

    /**
     * Whether {@code no-store} is there (RFC 9111 sections 5.2.1.5 and 5.2.2.5).
     *
     * @return true if it is
     */
    public boolean noStore() {
        return has("no-store");
    }

    /**
     * Whether {@code no-cache} is there, qualified or not (RFC 9111 sections 5.2.1.4 and 5.2.2.4).
     *
     * @return true if it is
     */
    public boolean noCache() {
        return has("no-cache");
    }

    /**
     * Whether {@code must-revalidate} is there (RFC 9111 section 5.2.2.2).
     *
     * @return true if it is
     */
    public boolean mustRevalidate() {
        return has("must-revalidate");
    }

    /**
     * Whether {@code proxy-revalidate} is there (RFC 9111 section 5.2.2.8).
     *
     * @return true if it is
     */
    public boolean proxyRevalidate() {
        return has("proxy-revalidate");
    }

    /**
     * Whether {@code must-understand} is there (RFC 9111 section 5.2.2.3).
     *
     * @return true if it is
     */
    public boolean mustUnderstand() {
        return has("must-understand");
    }

    /**
     * Whether {@code only-if-cached} is there (RFC 9111 section 5.2.1.7).
     *
     * @return true if it is
     */
    public boolean onlyIfCached() {
        return has("only-if-cached");
    }

    /**
     * Seconds of {@code max-age} (RFC 9111 sections 5.2.1.1 and 5.2.2.1).
     *
     * @return the seconds, or null if there is none
     */
    public @Nullable DeltaSeconds maxAge() {
        return seconds("max-age");
    }

    /**
     * Seconds of {@code s-maxage} (RFC 9111 section 5.2.2.10).
     *
     * @return the seconds, or null if there is none
     */
    public @Nullable DeltaSeconds sMaxAge() {
        return seconds("s-maxage");
    }

    /**
     * Whether there is no directive at all.
     *
     * @return true if there is none
     */
    public boolean isEmpty() {
        return directives.isEmpty();
    }

    /**
     * These directives with one that has no argument, at the place of the first of its name, else at the end. Others of
     * its name go; malformed pieces stay, so that what they restrict stays in force.
     *
     * @param name a token, spelled as it shall be sent
     * @return new directives
     * @throws IllegalArgumentException if the name is no token
     */
    public CacheDirectives with(String name) {
        return replace(name, name);
    }

    /**
     * These directives with one that has an argument, at the place of the first of its name, else at the end. Others of
     * its name go; malformed pieces stay, so that what they restrict stays in force.
     *
     * @param name a token, spelled as it shall be sent
     * @param argument its argument, sent as a quoted-string unless it is a token
     * @return new directives
     * @throws IllegalArgumentException if the name is no token, or the argument cannot stand in a field
     */
    public CacheDirectives with(String name, String argument) {
        if (!FieldSyntax.isFieldValue(argument)) {
            throw new IllegalArgumentException("argument of " + name + " has characters that no field may hold");
        }
        StringBuilder text = new StringBuilder(name).append('=');
        if (FieldSyntax.isToken(argument)) {
            text.append(argument);
        } else {
            FieldSyntax.appendQuoted(text, argument);
        }
        return replace(name, text.toString());
    }

    /**
     * These directives without those of a name. Malformed pieces stay, so that what they restrict stays in force.
     *
     * @param name their name, letter case ignored
     * @return new directives
     */
    public CacheDirectives without(String name) {
        List<CacheDirective> kept = new ArrayList<>(directives);
        String lowerCaseName = name.toLowerCase(Locale.ROOT);
        kept.removeIf(directive -> directive.name().equals(lowerCaseName) && directive.isWellFormed());
        return new CacheDirectives(kept, suspected);
    }

    private CacheDirectives replace(String name, String text) {
        if (!FieldSyntax.isToken(name)) {
            throw new IllegalArgumentException("no directive name: " + name);
        }
        CacheDirective replacement = CacheDirective.of(text);
        List<CacheDirective> edited = new ArrayList<>(directives.size() + 1);
        boolean isPlaced = false;
        for (CacheDirective directive : directives) {
            boolean isSame = directive.name().equals(replacement.name());
            if (isSame && !isPlaced) {
                edited.add(replacement);
                isPlaced = true;
            }
            if (!isSame || !directive.isWellFormed()) {
                edited.add(directive);
            }
        }
        if (!isPlaced) {
            edited.add(replacement);
        }
        return new CacheDirectives(edited, suspected);
    }

    /**
     * The directives as one field value, in order and as they were spelled. A piece whose quoted-string does not end
     * comes last, so that it hides nothing from other caches; several of them would hide each other and show what they
     * quote, so that they are left out. What may be restricted and would not be read as such again stands as a
     * directive of its own, in a form that permits nothing.
     *
     * @return the value, empty if there are none, or only pieces to be left out that restrict nothing
     */
    public String toFieldValue() {
        StringBuilder value = new StringBuilder();
        List<String> open = new ArrayList<>();
        for (CacheDirective directive : directives) {
            if (FieldSyntax.isBalanced(directive.text())) {
                append(value, directive.text());
            } else {
                open.add(directive.text());
            }
        }
        Set<String> said = new HashSet<>();
        if (!suspected.isEmpty() && open.size() <= 1) {
            // A quoted-string without an end makes every word suspect when this is read again.
            suspect(value + "," + open, said);
        }
        for (String name : new TreeSet<>(suspected)) {
            if (!said.contains(name)) {
                // A whole must-revalidate would permit storing with Authorization (RFC 9111 section 3.5).
                append(value, RESTRICTING_ONLY.contains(name) ? name : name + "=");
            }
        }
        if (open.size() == 1) {
            append(value, open.get(0));
        }
        return value.toString();
    }

    private static void append(StringBuilder value, String text) {
        value.append(value.isEmpty() ? "" : ", ").append(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CacheDirectives that
                && directives.equals(that.directives)
                && suspected.equals(that.suspected);
    }

    @Override
    public int hashCode() {
        return Objects.hash(directives, suspected);
    }

    /** The field value. */
    @Override
    public String toString() {
        return toFieldValue();
    }
}
