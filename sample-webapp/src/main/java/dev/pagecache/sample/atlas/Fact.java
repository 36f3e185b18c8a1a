package dev.pagecache.sample.atlas;

/**
 * One line of what is known of a character.
 *
 * @param label what it says
 * @param value the saying
 * @param path the page about it, or empty
 */
public record Fact(String label, String value, String path) {

    static Fact of(String label, String value) {
        return new Fact(label, value, "");
    }
}
