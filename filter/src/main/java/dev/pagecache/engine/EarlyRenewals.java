package dev.pagecache.engine;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Page;
import dev.pagecache.policy.RenewalRules;
import java.util.random.RandomGenerator;

/**
 * Which requests renew a page that answers them fresh: because somebody wants it refreshed, or because its time is
 * nearly over and it is asked for often.
 *
 * <p>Safe for use by many threads.
 */
final class EarlyRenewals {
    private final Revocations revocations;
    private final Renewals renewals;
    private final RefreshRate refreshRate;
    private final RandomGenerator random;

    /** @param random safe for use by many threads */
    EarlyRenewals(Revocations revocations, Renewals renewals, RefreshRate refreshRate, RandomGenerator random) {
        this.revocations = revocations;
        this.renewals = renewals;
        this.refreshRate = refreshRate;
        this.random = random;
    }

    /** Whether there is a reason to renew a fresh page now. */
    boolean isWanted(Page page, long ageMillis, Inquiry inquiry) {
        return isByChance(page, ageMillis, inquiry)
                || revocations.isToBeRefreshed(page, inquiry.request(), inquiry.policy());
    }

    private boolean isByChance(Page page, long ageMillis, Inquiry inquiry) {
        double chance =
                RenewalRules.chance(page.lifetime(), ageMillis, inquiry.policy().earlyRenewalPercent());
        return chance > 0 && random.nextDouble() < chance;
    }

    /**
     * Whether a wanted renewal may begin now. A token is asked for last, where nothing else stands against it: a page
     * that is being renewed, or cannot be, takes none from others.
     */
    boolean mayBegin(Page page, Inquiry inquiry, CacheKey key, CacheKey marked) {
        return renewals.mayBoard(key, marked)
                && (!revocations.isToBeRefreshed(page, inquiry.request(), inquiry.policy()) || refreshRate.tryTake());
    }
}
