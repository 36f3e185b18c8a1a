package dev.pagecache.sample.atlas;

/**
 * A named range of code points.
 *
 * @param name the JDK's constant, which is also its address, such as {@code BASIC_LATIN}
 * @param title the same in words
 * @param first the first code point
 * @param last the last code point, at least {@code first}
 * @param assigned how many of them are assigned
 * @param sample text that shows a character of the block, or empty if none can be shown
 */
public record Block(String name, String title, int first, int last, int assigned, String sample) {

    /** How many code points the block has, assigned or not. */
    public int size() {
        return last - first + 1;
    }

    /** The range, such as {@code 0000–007F}. */
    public String range() {
        return CodePoints.hex(first) + "\u2013" + CodePoints.hex(last);
    }
}
