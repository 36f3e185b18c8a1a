package dev.pagecache.sample.web;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * What the frame around every page shows.
 *
 * @param title the page's title
 * @param section the entry of the navigation that is current, or empty
 * @param language the BCP 47 tag of the page's main text
 * @param direction {@code ltr} or {@code rtl}
 * @param url the page's address
 * @param renderedAt when the servlet began
 * @param startNanos the same on the clock of {@link System#nanoTime()}
 */
public record PageInfo(
        String title,
        String section,
        String language,
        String direction,
        String url,
        Instant renderedAt,
        long startNanos) {

    /** When the page was rendered, to the millisecond, as a machine reads it. */
    public String timestamp() {
        return renderedAt.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Milliseconds since the servlet began, with one decimal: another value at every call. */
    public String millis() {
        return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - startNanos) / 1e6);
    }

    /**
     * Marks the current entry of the navigation.
     *
     * @param entry an entry's name
     * @return {@code page} or {@code false}, as {@code aria-current} has it
     */
    public String current(String entry) {
        return section.equals(entry) ? "page" : "false";
    }
}
