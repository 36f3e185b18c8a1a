package dev.pagecache.redis;

import dev.pagecache.store.RemoteLedger.Change;
import dev.pagecache.store.RemoteLedger.Changes;
import dev.pagecache.store.RemoteLedger.Notice;
import dev.pagecache.store.RemoteLedger.Raised;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LedgerScripts} say, read as hostile: what is not of their form is no answer, and a message of another
 * form is as good as a lost one.
 */
final class LedgerMessages {
    private static final String CLOCK = "!clock";
    private static final String FLOOR = "!floor";

    /** The largest whole number that Redis' scores hold exactly. */
    private static final double MAX_TIME = 1L << 53;

    private static final int MAX_HEAD_BYTES = 128;

    private LedgerMessages() {}

    /** The answer of a raise. */
    static Raised raised(@Nullable Object reply) {
        List<?> times = Replies.list(reply);
        require(times.size() == 2);
        long previous = Replies.number(times.get(0));
        long time = Replies.number(times.get(1));
        require(previous >= 0 && previous < time && time <= MAX_TIME);
        return new Raised(previous, time);
    }

    /** The answer to what was raised after a time, of at most so many names. */
    static Changes changes(@Nullable Object reply, int limit) {
        List<?> parts = Replies.list(reply);
        require(parts.size() >= 2 && parts.size() % 2 == 0);
        long clock = time(Replies.bytes(parts.get(0)));
        long floor = time(Replies.bytes(parts.get(1)));
        List<Change> names = new ArrayList<>(parts.size() / 2);
        long last = 0;
        for (int i = 2; i < parts.size(); i += 2) {
            String name = text(Replies.bytes(parts.get(i)));
            long time = time(Replies.bytes(parts.get(i + 1)));
            require(time >= last && time <= clock);
            last = time;
            if (!name.equals(CLOCK) && !name.equals(FLOOR)) {
                names.add(new Change(name, time));
            }
        }
        boolean isComplete = parts.size() / 2 - 1 < limit;
        // Of the last time some names may be missing.
        return new Changes(isComplete ? clock : last - 1, floor, isComplete, names);
    }

    /** A message, or null if it is none of ours. */
    static @Nullable Notice notice(byte[] payload) {
        int end = 0;
        while (end < payload.length && payload[end] != '\n') {
            end++;
        }
        if (end == payload.length || end > MAX_HEAD_BYTES) {
            return null;
        }
        String[] head = new String(payload, 0, end, StandardCharsets.US_ASCII).split(" ", -1);
        if (head.length != 6 || !head[0].equals("1")) {
            return null;
        }
        try {
            long previous = Long.parseLong(head[1]);
            long time = Long.parseLong(head[2]);
            List<String> names = names(payload, end + 1, Integer.parseInt(head[5]));
            if (names == null || previous < 0 || previous >= time || time > MAX_TIME) {
                return null;
            }
            return new Notice(previous, time, head[3], Long.parseLong(head[4]), names);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable List<String> names(byte[] payload, int from, int count) {
        List<String> names = new ArrayList<>();
        int at = from;
        for (int i = 0; i < count; i++) {
            int length = 0;
            int digits = 0;
            for (; at < payload.length && payload[at] >= '0' && payload[at] <= '9' && digits < 7; at++, digits++) {
                length = 10 * length + payload[at] - '0';
            }
            if (digits == 0 || at >= payload.length || payload[at] != ':' || length > payload.length - at - 1) {
                return null;
            }
            names.add(new String(payload, at + 1, length, StandardCharsets.UTF_8));
            at += 1 + length;
        }
        return at == payload.length ? names : null;
    }

    private static long time(byte[] text) {
        double time;
        try {
            time = Double.parseDouble(text(text));
        } catch (NumberFormatException e) {
            throw new IllegalStateException("a time that is none: out of step", e);
        }
        require(time >= 0 && time <= MAX_TIME);
        return (long) time;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void require(boolean isGood) {
        if (!isGood) {
            throw new IllegalStateException("another reply than expected: out of step");
        }
    }
}
