package dev.pagecache.sample.atlas;

import java.time.LocalDate;

/**
 * The character of a day.
 *
 * @param date the day
 * @param cell the character
 */
public record DayCharacter(LocalDate date, Cell cell) {

    /**
     * The character of a day: the same on every machine with the same Unicode version.
     *
     * @param date any day
     * @return a letter or symbol; no ideograph and no Hangul syllable, which would be nearly all days
     */
    static DayCharacter of(LocalDate date) {
        long seed = date.toEpochDay();
        while (true) {
            seed = mix(seed);
            int codePoint = (int) Math.floorMod(seed, 0x1FB00L);
            if (isWorthADay(codePoint)) {
                return new DayCharacter(date, Cell.of(codePoint));
            }
        }
    }

    private static boolean isWorthADay(int codePoint) {
        return switch (Character.UnicodeScript.of(codePoint)) {
            case HAN, HANGUL, TANGUT, UNKNOWN -> false;
            default -> Character.isLetter(codePoint) || Character.getType(codePoint) == Character.OTHER_SYMBOL;
        };
    }

    // SplitMix64 (Steele, Lea, Flood 2014).
    private static long mix(long seed) {
        long z = seed + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
