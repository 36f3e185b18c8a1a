package dev.pagecache.sample.atlas;

import java.util.Locale;

/**
 * A count in a report.
 *
 * @param label what is counted
 * @param count how many
 * @param largest the largest count of the same table, at least 1
 */
public record Tally(String label, int count, int largest) {

    /** The count with thousands apart. */
    public String number() {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Length of the bar that stands for the count, 0.00 to 100.00. */
    public String width() {
        return String.format(Locale.ROOT, "%.2f", 100.0 * count / largest);
    }
}
