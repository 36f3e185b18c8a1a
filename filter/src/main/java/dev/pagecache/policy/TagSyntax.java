package dev.pagecache.policy;

/**
 * The form of tags, the names under which pages can be purged together.
 *
 * <p>Safe for use by many threads.
 */
public final class TagSyntax {
    /** What a tag is, in words. */
    public static final String ALLOWED = "1 to 128 characters of A-Z a-z 0-9 _ . : / -";

    private static final int MAX_LENGTH = 128;

    private TagSyntax() {}

    /**
     * Whether a text is a tag.
     *
     * @param text any text
     * @return true if it is one
     */
    public static boolean isTag(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetterOrDigit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            if (!isLetterOrDigit && "_.:/-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }
}
