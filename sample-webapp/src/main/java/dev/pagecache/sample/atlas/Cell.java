package dev.pagecache.sample.atlas;

/**
 * A character in a grid or a list.
 *
 * @param hex the code point as addresses spell it
 * @param glyph text that shows the character, or empty
 * @param name the character's name, or empty if the code point is not assigned
 */
public record Cell(String hex, String glyph, String name) {

    /**
     * The cell of a code point.
     *
     * @param codePoint 0 to 0x10FFFF
     * @return its cell
     */
    static Cell of(int codePoint) {
        String name = Character.getName(codePoint);
        return new Cell(CodePoints.hex(codePoint), CodePoints.glyph(codePoint), name == null ? "" : name);
    }

    /** Whether a character is assigned. */
    public boolean assigned() {
        return !name.isEmpty();
    }
}
