package dev.pagecache.http;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The dates of HTTP (RFC 9110 section 5.6.7): written as IMF-fixdate, read in all three forms without letter case, and
 * strictly, because an {@code Expires} that is no date means that the response is stale. A weekday that does not fit
 * the date is let pass.
 *
 * <p>Safe for use by many threads.
 */
public final class HttpDate {
    private static final String[] DAYS = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    private static final String[] LONG_DAYS = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"
    };
    private static final String[] MONTHS = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"
    };

    /** Years of the RFC 850 form from 70 on belong to the last century, as POSIX reads them. */
    private static final Instant EPOCH_PIVOT = Instant.parse("2019-12-31T23:59:59Z");

    private static final long FIRST_SECOND = LocalDate.of(0, 1, 1).toEpochDay() * 86_400;
    private static final long LAST_SECOND = LocalDate.of(10_000, 1, 1).toEpochDay() * 86_400 - 1;
    private static final int NONE = -1;

    private HttpDate() {}

    /**
     * The IMF-fixdate of an instant, such as {@code Sun, 06 Nov 1994 08:49:37 GMT}.
     *
     * @param instant any instant; parts of a second are dropped, and years are clamped to 0 … 9999
     * @return 29 characters
     */
    public static String format(Instant instant) {
        long second = Math.max(FIRST_SECOND, Math.min(LAST_SECOND, instant.getEpochSecond()));
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        StringBuilder date = new StringBuilder(29);
        date.append(DAYS[time.getDayOfWeek().getValue() - 1]).append(", ");
        appendTwo(date, time.getDayOfMonth());
        date.append(' ').append(MONTHS[time.getMonthValue() - 1]).append(' ');
        appendTwo(date, time.getYear() / 100);
        appendTwo(date, time.getYear() % 100);
        date.append(' ');
        appendTwo(date, time.getHour());
        date.append(':');
        appendTwo(date, time.getMinute());
        date.append(':');
        appendTwo(date, time.getSecond());
        return date.append(" GMT").toString();
    }

    private static void appendTwo(StringBuilder to, int number) {
        to.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /**
     * Reads a date; years of the RFC 850 form lie between 1970 and 2069.
     *
     * @param text a field value
     * @return the instant, or null if the text is no date
     */
    public static @Nullable Instant parse(String text) {
        return parse(text, EPOCH_PIVOT);
    }

    /**
     * Reads a date; a year of the RFC 850 form is the latest one that is not more than 50 years after now.
     *
     * @param text a field value
     * @param now the present
     * @return the instant, or null if the text is no date
     */
    public static @Nullable Instant parse(String text, Instant now) {
        int comma = text.indexOf(',');
        if (comma < 0) {
            return parseAsctime(text);
        }
        return comma == 3 ? parseImfFixdate(text) : parseRfc850(text, comma, now);
    }

    /** {@code Sun, 06 Nov 1994 08:49:37 GMT}. */
    private static @Nullable Instant parseImfFixdate(String text) {
        if (text.length() != 29
                || indexOf(DAYS, text, 0, 3) == NONE
                || !has(text, 3, ", ")
                || text.charAt(7) != ' '
                || text.charAt(11) != ' '
                || !has(text, 16, " ")
                || !has(text, 25, " GMT")) {
            return null;
        }
        int century = number(text, 12, 2);
        int year = number(text, 14, 2);
        if (century == NONE || year == NONE) {
            return null;
        }
        return instant(century * 100 + year, indexOf(MONTHS, text, 8, 11), number(text, 5, 2), text, 17);
    }

    /** {@code Sunday, 06-Nov-94 08:49:37 GMT}. */
    private static @Nullable Instant parseRfc850(String text, int comma, Instant now) {
        int at = comma + 2;
        if (text.length() != comma + 24
                || indexOf(LONG_DAYS, text, 0, comma) == NONE
                || text.charAt(comma + 1) != ' '
                || text.charAt(at + 2) != '-'
                || text.charAt(at + 6) != '-'
                || text.charAt(at + 9) != ' '
                || !has(text, at + 18, " GMT")) {
            return null;
        }
        int shortYear = number(text, at + 7, 2);
        if (shortYear == NONE) {
            return null;
        }
        LocalDateTime limit = LocalDateTime.ofInstant(now, ZoneOffset.UTC).plusYears(50);
        int year = limit.getYear() / 100 * 100 + shortYear;
        int month = indexOf(MONTHS, text, at + 3, at + 6);
        for (int tried = 0; tried < 3; tried++) {
            Instant instant = instant(year - 100 * tried, month, number(text, at, 2), text, at + 10);
            if (instant != null && !instant.isAfter(limit.toInstant(ZoneOffset.UTC))) {
                return instant;
            }
        }
        return null;
    }

    /** {@code Sun Nov 6 08:49:37 1994}. */
    private static @Nullable Instant parseAsctime(String text) {
        if (text.length() != 24
                || indexOf(DAYS, text, 0, 3) == NONE
                || text.charAt(3) != ' '
                || text.charAt(7) != ' '
                || text.charAt(10) != ' '
                || text.charAt(19) != ' ') {
            return null;
        }
        int day = text.charAt(8) == ' ' ? number(text, 9, 1) : number(text, 8, 2);
        int century = number(text, 20, 2);
        int year = number(text, 22, 2);
        if (century == NONE || year == NONE) {
            return null;
        }
        return instant(century * 100 + year, indexOf(MONTHS, text, 4, 7), day, text, 11);
    }

    /** The instant of a date and of the time {@code hh:mm:ss} at a place in the text, or null. */
    private static @Nullable Instant instant(int year, int monthIndex, int day, String text, int timeAt) {
        int hour = number(text, timeAt, 2);
        int minute = number(text, timeAt + 3, 2);
        int second = number(text, timeAt + 6, 2);
        boolean isTime = hour >= 0
                && hour < 24
                && text.charAt(timeAt + 2) == ':'
                && minute >= 0
                && minute < 60
                && text.charAt(timeAt + 5) == ':'
                && second >= 0
                && second <= 60; // a leap second
        if (!isTime || monthIndex == NONE || day < 1) {
            return null;
        }
        LocalDate firstOfMonth = LocalDate.of(year, monthIndex + 1, 1);
        if (day > firstOfMonth.lengthOfMonth()) {
            return null;
        }
        long days = firstOfMonth.toEpochDay() + day - 1;
        return Instant.ofEpochSecond(days * 86_400 + hour * 3_600L + minute * 60L + second);
    }

    private static boolean has(String text, int at, String part) {
        return text.regionMatches(true, at, part, 0, part.length());
    }

    /** Index of the name that stands at a place in the text, letter case ignored, or {@link #NONE}. */
    private static int indexOf(String[] names, String text, int from, int to) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].length() == to - from && has(text, from, names[i])) {
                return i;
            }
        }
        return NONE;
    }

    /** One or two digits as a number, or {@link #NONE}. */
    private static int number(String text, int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return NONE;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}
