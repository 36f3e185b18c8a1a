package dev.pagecache.sample.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The names of all characters, searched by going through them. Surrogates and private use have no names of their own
 * and are left out. Immutable, safe for use by many threads.
 */
final class NameIndex {

    /** How many characters a search lists at most. */
    static final int MAX_HITS = 200;

    /** How many UTF-16 units of a query count. */
    static final int MAX_QUERY_LENGTH = 100;

    private static final int MAX_WORDS = 8;

    private final int[] codePoints;
    private final String[] names;

    private NameIndex(int[] codePoints, String[] names) {
        this.codePoints = codePoints;
        this.names = names;
    }

    /** Asks the JDK for every name, which takes some hundred milliseconds and about 15 MB. */
    static NameIndex build() {
        int[] codePoints = new int[CodePoints.LAST + 1];
        List<String> names = new ArrayList<>(150_000);
        for (int codePoint = 0; codePoint <= CodePoints.LAST; codePoint++) {
            int type = Character.getType(codePoint);
            if (type == Character.UNASSIGNED || type == Character.SURROGATE || type == Character.PRIVATE_USE) {
                continue;
            }
            String name = Character.getName(codePoint);
            if (name != null) {
                codePoints[names.size()] = codePoint;
                names.add(name);
            }
        }
        return new NameIndex(Arrays.copyOf(codePoints, names.size()), names.toArray(String[]::new));
    }

    int size() {
        return names.length;
    }

    /**
     * The characters whose names hold every word of the query, whole names first, then whole words, then parts of
     * words; equals in the order of their code points. A query of one character, or such as {@code U+00E9}, finds that
     * character first.
     *
     * @param query any text
     * @return what was found, of which {@value #MAX_HITS} at most are listed
     */
    SearchResult search(String query) {
        String text = query.strip();
        if (text.length() > MAX_QUERY_LENGTH) {
            text = text.substring(0, MAX_QUERY_LENGTH).strip();
        }
        List<Cell> hits = new ArrayList<>();
        int named = namedCodePoint(text);
        if (named >= 0) {
            hits.add(Cell.of(named));
        }
        String[] words = words(text);
        if (words.length == 0) {
            return new SearchResult(query, hits.size(), hits);
        }
        List<List<Integer>> ranks = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        int found = collect(text.toUpperCase(Locale.ROOT), words, named, ranks);
        for (List<Integer> rank : ranks) {
            for (int position : rank) {
                if (hits.size() < MAX_HITS) {
                    hits.add(Cell.of(codePoints[position]));
                }
            }
        }
        return new SearchResult(query, found + (named >= 0 ? 1 : 0), hits);
    }

    private int collect(String upper, String[] words, int except, List<List<Integer>> ranks) {
        int found = 0;
        for (int position = 0; position < names.length; position++) {
            if (codePoints[position] == except || !holdsAll(names[position], words)) {
                continue;
            }
            found++;
            List<Integer> rank = ranks.get(rank(names[position], upper, words));
            if (rank.size() < MAX_HITS) {
                rank.add(position);
            }
        }
        return found;
    }

    private static int rank(String name, String upper, String[] words) {
        if (name.equals(upper)) {
            return 0;
        }
        for (String word : words) {
            if (!holdsWord(name, word)) {
                return 2;
            }
        }
        return 1;
    }

    private static boolean holdsAll(String name, String[] words) {
        for (String word : words) {
            if (!name.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holdsWord(String name, String word) {
        int at = name.indexOf(word);
        while (at >= 0) {
            int end = at + word.length();
            boolean startsWord = at == 0 || name.charAt(at - 1) == ' ' || name.charAt(at - 1) == '-';
            boolean endsWord = end == name.length() || name.charAt(end) == ' ' || name.charAt(end) == '-';
            if (startsWord && endsWord) {
                return true;
            }
            at = name.indexOf(word, at + 1);
        }
        return false;
    }

    private static String[] words(String text) {
        // No empty word: it would be found everywhere, without end.
        String[] words = Arrays.stream(text.toUpperCase(Locale.ROOT).split("\\s", -1))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
        return words.length <= MAX_WORDS ? words : Arrays.copyOf(words, MAX_WORDS);
    }

    // A single character, or U+ and digits; else -1.
    private static int namedCodePoint(String text) {
        if (text.regionMatches(true, 0, "U+", 0, 2)) {
            return CodePoints.parse(text.substring(2)).stream()
                    .filter(Character::isDefined)
                    .findFirst()
                    .orElse(-1);
        }
        if (text.isEmpty() || text.codePointCount(0, text.length()) != 1) {
            return -1;
        }
        int codePoint = text.codePointAt(0);
        return Character.isDefined(codePoint) && codePoint > 0x20 ? codePoint : -1;
    }
}
