package dev.pagecache.sample.atlas;

/** The bidirectional classes of the Unicode standard. */
final class Direction {

    private Direction() {}

    /**
     * Words for a class.
     *
     * @param directionality as {@link Character#getDirectionality(int)} gives it
     * @return the words and the standard's letters
     */
    static String label(byte directionality) {
        return switch (directionality) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> "left to right (L)";
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT -> "right to left (R)";
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> "right to left, Arabic (AL)";
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> "European number (EN)";
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR -> "European separator (ES)";
            case Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR -> "European terminator (ET)";
            case Character.DIRECTIONALITY_ARABIC_NUMBER -> "Arabic number (AN)";
            case Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR -> "common separator (CS)";
            case Character.DIRECTIONALITY_NONSPACING_MARK -> "as its base (NSM)";
            case Character.DIRECTIONALITY_BOUNDARY_NEUTRAL -> "boundary neutral (BN)";
            case Character.DIRECTIONALITY_PARAGRAPH_SEPARATOR -> "paragraph separator (B)";
            case Character.DIRECTIONALITY_SEGMENT_SEPARATOR -> "segment separator (S)";
            case Character.DIRECTIONALITY_WHITESPACE -> "white space (WS)";
            case Character.DIRECTIONALITY_OTHER_NEUTRALS -> "neutral (ON)";
            case Character.DIRECTIONALITY_UNDEFINED -> "undefined";
            default -> "explicit formatting";
        };
    }
}
