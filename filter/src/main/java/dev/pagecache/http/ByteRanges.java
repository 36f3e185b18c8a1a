package dev.pagecache.http;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The byte ranges that a {@code Range} field asks for (RFC 9110 section 14.2), before it is known how long the
 * representation is.
 *
 * <p>Immutable, safe for use by many threads.
 */
public final class ByteRanges {
    /** More members than this make a field that is ignored: {@value}. */
    public static final int MAX_MEMBERS = 64;

    private static final String UNIT = "bytes=";

    private final List<Member> members;

    private ByteRanges(List<Member> members) {
        this.members = members;
    }

    /**
     * Reads a field. Numbers may have any number of digits, and white space may stand around members.
     *
     * @param field the combined value, for example {@code bytes=0-4, -2}
     * @return the ranges; null if the field is to be ignored: for its syntax, another unit than {@code bytes}, a range
     *     whose end lies before its start, or more than {@value #MAX_MEMBERS} members
     */
    public static @Nullable ByteRanges parse(String field) {
        String text = FieldSyntax.trim(field, 0, field.length());
        if (!text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return null;
        }
        List<Member> members = new ArrayList<>(2);
        int from = UNIT.length();
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            String part = FieldSyntax.trim(text, from, to);
            if (!part.isEmpty()) {
                Member member = member(part);
                if (member == null || members.size() == MAX_MEMBERS) {
                    return null;
                }
                members.add(member);
            }
            from = to + 1;
        }
        return members.isEmpty() ? null : new ByteRanges(List.copyOf(members));
    }

    private static @Nullable Member member(String part) {
        int hyphen = part.indexOf('-');
        if (hyphen < 0) {
            return null;
        }
        boolean isOpen = hyphen == part.length() - 1;
        long last = isOpen ? Long.MAX_VALUE : Positions.parse(part, hyphen + 1, part.length());
        if (last == Positions.NONE) {
            return null;
        }
        if (hyphen == 0) {
            return isOpen ? null : new Member(Member.SUFFIX, last);
        }
        long first = Positions.parse(part, 0, hyphen);
        if (first == Positions.NONE || (!isOpen && Positions.isGreater(part, 0, hyphen, hyphen + 1, part.length()))) {
            return null;
        }
        return new Member(first, last);
    }

    /**
     * Number of ranges asked for.
     *
     * @return 1 or more
     */
    public int size() {
        return members.size();
    }

    /**
     * Whether a representation can satisfy one of the ranges (RFC 9110 section 14.1.2).
     *
     * @param length its length in bytes, 0 or more
     * @return false if the answer is 416
     */
    public boolean isSatisfiable(long length) {
        for (Member member : members) {
            if (member.isSatisfiable(length)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The satisfiable ranges of a representation.
     *
     * @param length its length in bytes, 0 or more; {@link Long#MAX_VALUE} if it is unknown, so that only ranges with
     *     both ends lie within what can be there
     * @return the ranges in the order of the field; empty if none is satisfiable, and for a suffix of nothing, which no
     *     range expresses
     */
    public List<ByteRange> resolve(long length) {
        List<ByteRange> ranges = new ArrayList<>(members.size());
        for (Member member : members) {
            if (length > 0 && member.isSatisfiable(length)) {
                ranges.add(member.resolve(length));
            }
        }
        return ranges;
    }

    /**
     * One range-spec.
     *
     * @param first position of the first byte, or {@link #SUFFIX}
     * @param last position of the last byte, {@link Long#MAX_VALUE} if there is none; the length of a suffix
     */
    private record Member(long first, long last) {
        static final long SUFFIX = -1;

        boolean isSatisfiable(long length) {
            return first == SUFFIX ? last > 0 : first < length;
        }

        ByteRange resolve(long length) {
            return first == SUFFIX
                    ? new ByteRange(length - Math.min(length, last), length - 1)
                    : new ByteRange(first, Math.min(last, length - 1));
        }
    }
}
