package dev.pagecache.sample.atlas;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The whole atlas; its parts are built when they are first asked for. Safe for use by many threads. */
public final class Atlas {

    private @Nullable Blocks blocks;
    private @Nullable NameIndex names;

    /** All blocks. */
    public synchronized Blocks blocks() {
        Blocks known = blocks;
        if (known == null) {
            known = Blocks.scan();
            blocks = known;
        }
        return known;
    }

    /**
     * Searches the names of all characters.
     *
     * @param query any text; the first 100 UTF-16 units count
     * @return what was found
     */
    public SearchResult search(String query) {
        return query.isBlank() ? new SearchResult(query, 0, List.of()) : names().search(query);
    }

    /**
     * What is known of one character.
     *
     * @param codePoint 0 to 0x10FFFF
     * @return the page, or empty if the code point is not assigned
     */
    public Optional<CharacterPage> character(int codePoint) {
        if (!Character.isDefined(codePoint)) {
            return Optional.empty();
        }
        Character.UnicodeBlock block = Character.UnicodeBlock.of(codePoint);
        return Optional.of(new CharacterPage(
                Cell.of(codePoint),
                block == null ? null : blocks().find(block.toString()).orElse(null),
                neighbour(codePoint, -1),
                neighbour(codePoint, 1),
                new CharacterFacts(codePoint).groups()));
    }

    /** Counts over all code points, made anew at every call. */
    public Report report() {
        return Report.count();
    }

    /**
     * The characters of some days.
     *
     * @param last the last day
     * @param days how many, 1 or more
     * @return the last day first
     */
    public List<DayCharacter> days(LocalDate last, int days) {
        List<DayCharacter> characters = new ArrayList<>(days);
        for (int back = 0; back < days; back++) {
            characters.add(DayCharacter.of(last.minusDays(back)));
        }
        return characters;
    }

    /**
     * The character that an address names.
     *
     * @param hex hexadecimal digits
     * @return the page, or empty if the text is no code point or nothing is assigned there
     */
    public Optional<CharacterPage> character(String hex) {
        OptionalInt codePoint = CodePoints.parse(hex);
        return codePoint.isPresent() ? character(codePoint.getAsInt()) : Optional.empty();
    }

    private synchronized NameIndex names() {
        NameIndex known = names;
        if (known == null) {
            known = NameIndex.build();
            names = known;
        }
        return known;
    }

    private static @Nullable Cell neighbour(int codePoint, int step) {
        for (int next = codePoint + step; next >= 0 && next <= CodePoints.LAST; next += step) {
            if (Character.isDefined(next)) {
                return Cell.of(next);
            }
        }
        return null;
    }
}
