package dev.pagecache.config;

import dev.pagecache.http.FieldSyntax;
import dev.pagecache.policy.PathPattern;
import dev.pagecache.policy.RenewalRules;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The reading of values; each method throws IllegalArgumentException with the reason where it cannot. */
final class ValueSyntax {
    static final String DURATION = "a duration such as 600, 600s, 10m, 2h, 1d, 250ms or PT10M";
    static final String SIZE = "a size such as 65536, 64KiB, 1MiB or 1GiB";
    static final String LIST = "separated by commas or white space";

    /** The longest duration: 2^31 seconds, which HTTP tells from no longer one (RFC 9111 section 1.2.2). */
    static final Duration MAX_DURATION = Duration.ofSeconds(1L << 31);

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,15})([A-Za-z]*)");
    private static final Pattern SEPARATORS = Pattern.compile("[,\\s]+");
    private static final Pattern ALIAS = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ValueSyntax() {}

    static Duration duration(String text) {
        Duration duration = text.startsWith("P") ? isoDuration(text) : simpleDuration(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("it is negative");
        }
        if (duration.compareTo(MAX_DURATION) > 0) {
            throw new IllegalArgumentException("it is longer than " + MAX_DURATION.toSeconds() + " seconds");
        }
        return duration;
    }

    private static Duration isoDuration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("it is no duration", e);
        }
    }

    private static Duration simpleDuration(String text) {
        Matcher matcher = matchNumber(text, "it is no duration");
        long number = Long.parseLong(matcher.group(1));
        try {
            return switch (matcher.group(2)) {
                case "", "s" -> Duration.ofSeconds(number);
                case "ms" -> Duration.ofMillis(number);
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> throw new IllegalArgumentException("its unit is none of ms, s, m, h, d");
            };
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("it is too long", e);
        }
    }

    /** A duration, or null where the keyword stands. */
    static @Nullable Duration durationOr(String keyword, String text) {
        return text.equals(keyword) ? null : duration(text);
    }

    static Duration positiveDuration(String text) {
        Duration duration = duration(text);
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException("it is shorter than 1ms");
        }
        return duration;
    }

    /** A number of bytes up to a largest one. */
    static long size(String text, long max) {
        Matcher matcher = matchNumber(text, "it is no size");
        long unit = switch (matcher.group(2)) {
            case "", "B" -> 1L;
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            default -> throw new IllegalArgumentException("its unit is none of B, KiB, MiB, GiB");
        };
        long number = Long.parseLong(matcher.group(1));
        if (number > max / unit) {
            throw new IllegalArgumentException("it is more than " + max + " bytes");
        }
        return number * unit;
    }

    static int number(String text, int min, int max) {
        Matcher matcher = matchNumber(text, "it is no number");
        long number = Long.parseLong(matcher.group(1));
        if (!matcher.group(2).isEmpty() || number < min || number > max) {
            throw new IllegalArgumentException("it is no number from " + min + " to " + max);
        }
        return (int) number;
    }

    /** A percentage up to half, with its sign; 0 needs none. */
    static int percentage(String text) {
        if (text.equals("0")) {
            return 0;
        }
        if (!text.endsWith("%")) {
            throw new IllegalArgumentException("it has no percent sign");
        }
        return number(text.substring(0, text.length() - 1), 0, RenewalRules.MAX_PERCENT);
    }

    private static Matcher matchNumber(String text, String otherwise) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(otherwise);
        }
        return matcher;
    }

    /** True for one word and false for the other. */
    static boolean choice(String text, String whenTrue, String whenFalse) {
        if (!text.equals(whenTrue) && !text.equals(whenFalse)) {
            throw new IllegalArgumentException("it is neither " + whenFalse + " nor " + whenTrue);
        }
        return text.equals(whenTrue);
    }

    /** The constant whose name in lower case is the text. */
    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("there is no such choice");
    }

    static List<String> list(String text) {
        List<String> members = new ArrayList<>();
        for (String member : SEPARATORS.split(text, -1)) {
            if (!member.isEmpty()) {
                members.add(member);
            }
        }
        return members;
    }

    /** Names that are tokens, in lower case, sorted, each once. */
    static List<String> tokens(List<String> names) {
        Set<String> tokens = new TreeSet<>();
        for (String name : names) {
            tokens.add(token(name).toLowerCase(Locale.ROOT));
        }
        return List.copyOf(tokens);
    }

    /** The name of a field or cookie (RFC 9110 section 5.6.2). */
    static String token(String name) {
        if (!FieldSyntax.isToken(name)) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a header, cookie or attribute");
        }
        return name;
    }

    /** Request field names that can take part in a key. */
    static List<String> fieldNames(List<String> names) {
        List<String> tokens = tokens(names);
        if (tokens.contains("*")) {
            throw new IllegalArgumentException("* would match no request");
        }
        return tokens;
    }

    /** Names of fields, cookies and attributes, in their letter case. */
    static List<String> trusted(List<String> names) {
        for (String name : names) {
            if (token(name).equals("*")) {
                throw new IllegalArgumentException("* would trust them all, which inputs=declared says");
            }
        }
        return names;
    }

    static List<PathPattern> patterns(String text) {
        List<PathPattern> patterns = new ArrayList<>();
        for (String pattern : list(text)) {
            patterns.add(PathPattern.of(pattern));
        }
        return patterns;
    }

    static Set<Integer> statuses(String text) {
        Set<Integer> statuses = new TreeSet<>();
        for (String status : list(text)) {
            statuses.add(number(status, 200, 599));
        }
        if (statuses.isEmpty()) {
            throw new IllegalArgumentException("it names no status");
        }
        return statuses;
    }

    static String alias(String text) {
        if (!ALIAS.matcher(text).matches()) {
            throw new IllegalArgumentException("it is no alias");
        }
        return text;
    }

    /** A text of printable ASCII without spaces. */
    static String printable(String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new IllegalArgumentException("it is longer than " + maxLength + " characters");
        }
        if (!text.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("it has a character that is no printable ASCII");
        }
        return text;
    }
}
