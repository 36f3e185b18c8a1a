package dev.pagecache.sample.atlas;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts over all code points.
 *
 * @param assigned how many characters are assigned, without surrogates and private use
 * @param categories per general category, largest first
 * @param scripts per script, largest first
 */
public record Report(int assigned, List<Tally> categories, List<Tally> scripts) {

    /** Keeps copies of the tables. */
    public Report {
        categories = List.copyOf(categories);
        scripts = List.copyOf(scripts);
    }

    /** Counts anew, which takes some hundred milliseconds. */
    static Report count() {
        int assigned = 0;
        Map<String, Integer> categories = new HashMap<>();
        Map<String, Integer> scripts = new HashMap<>();
        for (int codePoint = 0; codePoint <= CodePoints.LAST; codePoint++) {
            Category category = Category.of(codePoint);
            if (category == Category.CN || category == Category.CO || category == Category.CS) {
                continue;
            }
            assigned++;
            categories.merge(category.label(), 1, Integer::sum);
            scripts.merge(CodePoints.title(Character.UnicodeScript.of(codePoint).name()), 1, Integer::sum);
        }
        return new Report(assigned, table(categories), table(scripts));
    }

    private static List<Tally> table(Map<String, Integer> counts) {
        int largest = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
        List<Tally> table = new ArrayList<>(counts.size());
        counts.forEach((label, count) -> table.add(new Tally(label, count, largest)));
        table.sort(Comparator.comparingInt(Tally::count).reversed().thenComparing(Tally::label));
        return table;
    }

    /** The number of assigned characters with thousands apart. */
    public String assignedNumber() {
        return String.format(Locale.ROOT, "%,d", assigned);
    }
}
