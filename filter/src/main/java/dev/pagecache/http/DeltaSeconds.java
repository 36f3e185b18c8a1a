package dev.pagecache.http;

import org.jspecify.annotations.Nullable;

/**
 * A number of seconds as a directive's argument gives it (RFC 9111 section 1.2.2).
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param seconds 0 to 2147483648, the latter meaning that or more; 0 if it is not valid
 * @param isValid whether the argument was such a number; a response whose freshness is not valid is stale
 */
public record DeltaSeconds(long seconds, boolean isValid) {

    /** The longest time that is told apart: 2147483648 seconds. */
    public static final DeltaSeconds MAX = new DeltaSeconds(1L << 31, true);

    private static final DeltaSeconds INVALID = new DeltaSeconds(0, false);

    /** Clamps the seconds to 0 … 2147483648, and to 0 if they are not valid. */
    public DeltaSeconds {
        seconds = isValid ? Math.max(0, Math.min(1L << 31, seconds)) : 0;
    }

    /**
     * Reads an argument: digits, or the same in double quotes, which RFC 9111 section 5.2 asks recipients to accept.
     *
     * @param argument the argument, or null if there is none
     * @return the seconds; not valid if there is anything else, such as a sign, a fraction, or nothing
     */
    public static DeltaSeconds parse(@Nullable String argument) {
        if (argument == null) {
            return INVALID;
        }
        boolean isQuoted = FieldSyntax.isQuotedString(argument);
        int from = isQuoted ? 1 : 0;
        int to = isQuoted ? argument.length() - 1 : argument.length();
        if (from == to) {
            return INVALID;
        }
        long seconds = 0;
        for (int i = from; i < to; i++) {
            char c = argument.charAt(i);
            if (c < '0' || c > '9') {
                return INVALID;
            }
            seconds = Math.min(MAX.seconds, seconds * 10 + (c - '0'));
        }
        return new DeltaSeconds(seconds, true);
    }
}
