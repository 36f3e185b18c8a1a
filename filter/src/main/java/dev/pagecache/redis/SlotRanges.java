package dev.pagecache.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server says about the slots of its cluster.
 *
 * @param masters who has each range
 * @param others every other server that was named
 */
record SlotRanges(List<Range> masters, Set<RedisAddress> others) {
    /** Number of slots of every cluster. */
    static final int SLOTS = 16_384;

    /** A range of slots, both ends included, and who has it. */
    record Range(int first, int last, RedisAddress master) {}

    /**
     * Reads the reply to CLUSTER SLOTS: of each range first and last slot and its servers, the master first. What is no
     * range is left out.
     *
     * @param from who says so
     */
    static SlotRanges parse(List<?> reply, RedisAddress from) {
        List<Range> masters = new ArrayList<>();
        Set<RedisAddress> others = new LinkedHashSet<>();
        for (Object element : reply) {
            List<?> parts = Replies.list(element);
            for (int i = 2; i < parts.size(); i++) {
                RedisAddress server = server(Replies.list(parts.get(i)), from);
                if (server == null) {
                    continue;
                }
                if (i > 2) {
                    others.add(server);
                    continue;
                }
                long first = Replies.number(parts.get(0));
                long last = Replies.number(parts.get(1));
                if (first >= 0 && first <= last && last < SLOTS) {
                    masters.add(new Range((int) first, (int) last, server));
                }
            }
        }
        return new SlotRanges(masters, others);
    }

    /** A server that does not know its own name leaves it out: then it is the one that was asked. */
    private static @Nullable RedisAddress server(List<?> parts, RedisAddress from) {
        if (parts.size() < 2) {
            return null;
        }
        String host = parts.get(0) == null ? "" : Calls.text(Replies.bytes(parts.get(0)));
        return Announced.address(host, Replies.number(parts.get(1)), from);
    }

    /** Who has each slot, or null where nobody has. */
    @Nullable
    RedisAddress[] owners() {
        @Nullable RedisAddress[] owners = new @Nullable RedisAddress[SLOTS];
        for (Range range : masters) {
            Arrays.fill(owners, range.first, range.last + 1, range.master);
        }
        return owners;
    }
}
