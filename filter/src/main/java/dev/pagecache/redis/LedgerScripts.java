package dev.pagecache.redis;

/**
 * What runs inside Redis for the ledger of stamps: a sorted set whose members are names, scored by the time of their
 * last raise, and two members that no name is like, {@code !clock} with the time of the last raise and {@code !floor}.
 * The set is the one key of each script, so that it works in a cluster, also while slots move.
 *
 * <p>The clock is Redis' own in milliseconds, or one more than the last time where that is later: so it never stands
 * still and never falls. A caller who knows a later time than the ledger has met one that was set back, by a failover
 * to a replica that lagged behind: the clock goes on from what the caller knows, and the floor rises to it, since
 * nobody knows what was lost. Where there is no ledger it begins with a floor above everything.
 */
final class LedgerScripts {
    /** ARGV 1: the time that the caller knows. Sets {@code clock}, {@code now} and the key {@code z}. */
    private static final String CLOCK = """
            local z = KEYS[1]
            local known = tonumber(ARGV[1])
            local t = redis.call('TIME')
            local now = t[1] * 1000 + math.floor(t[2] / 1000)
            local clock = tonumber(redis.call('ZSCORE', z, '!clock') or nil)
            if not clock then
              clock = math.max(now, known + 1)
              redis.call('ZADD', z, clock, '!clock', clock, '!floor')
            elseif clock < known then
              clock = known
              redis.call('ZADD', z, clock, '!clock', clock, '!floor')
            end
            """;

    /**
     * ARGV 2: node, 3: number of the batch, 4: channel, 5: most names to keep, from 6: names. Returns the time before
     * and that of the raise.
     */
    static final String RAISE = CLOCK + """
            local time = math.max(clock + 1, now)
            local members = {time, '!clock'}
            local told = {}
            for i = 6, #ARGV do
              members[#members + 1] = time
              members[#members + 1] = ARGV[i]
              told[#told + 1] = #ARGV[i] .. ':' .. ARGV[i]
            end
            redis.call('ZADD', z, unpack(members))
            local extra = redis.call('ZCARD', z) - 2 - tonumber(ARGV[5])
            if extra > 0 then
              local floor = tonumber(redis.call('ZSCORE', z, '!floor') or 0)
              local gone = redis.call('ZPOPMIN', z, math.min(extra + 1, 1000))
              for i = 1, #gone, 2 do
                floor = math.max(floor, tonumber(gone[i + 1]))
              end
              redis.call('ZADD', z, floor, '!floor', time, '!clock')
            end
            local head = string.format('1 %.0f %.0f %s %s %d\\n', clock, time, ARGV[2], ARGV[3], #told)
            redis.call('PUBLISH', ARGV[4], head .. table.concat(told))
            return {clock, time}
            """;

    /**
     * ARGV 2: most names to return. Returns the clock, the floor, and names with their times after the time that the
     * caller knows.
     */
    static final String CHANGES = CLOCK + """
            local floor = redis.call('ZSCORE', z, '!floor') or '0'
            local reply = {string.format('%.0f', clock), floor}
            local found = redis.call('ZRANGEBYSCORE', z, '(' .. ARGV[1], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[2])
            for i = 1, #found do
              reply[#reply + 1] = found[i]
            end
            return reply
            """;

    private LedgerScripts() {}
}
