package dev.pagecache.engine;

import dev.pagecache.entry.Page;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.RenewalRules;
import dev.pagecache.policy.RequestPlan.Lookup;
import dev.pagecache.policy.RequestRules;
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

    /**
     * Whether a request that a fresh page answers is to renew it. A token is asked for last, where nothing else stands
     * against it: a page that is being renewed, or cannot be, takes none from others.
     */
    boolean isDue(Found found, long ageMillis, Inquiry inquiry, Lookup lookup) {
        Page page = found.mustPage();
        boolean isRefresh = revocations.isToBeRefreshed(page, inquiry.request(), inquiry.policy());
        if (!isRefresh && !isByChance(page, ageMillis, inquiry.policy())) {
            return false;
        }
        Lookup render = RequestRules.beforeRender(inquiry.request(), lookup);
        return Renewals.isPossible(render)
                && renewals.mayVolunteer(found.key(), Renewals.marked(inquiry, found.key(), render))
                && (!isRefresh || refreshRate.tryTake());
    }

    /**
     * Whether what another node has stored spares the renewal of a page that is due. The same page may look a little
     * younger from there, since the clocks of nodes differ.
     */
    boolean isDone(Page due, Page shared, Inquiry inquiry, long nowNanos) {
        if (revocations.isToBeRefreshed(shared, inquiry.request(), inquiry.policy())) {
            return false;
        }
        return revocations.isToBeRefreshed(due, inquiry.request(), inquiry.policy())
                || shared.ageMillis(nowNanos) < due.ageMillis(nowNanos) / 2;
    }

    private boolean isByChance(Page page, long ageMillis, PagePolicy policy) {
        double chance = RenewalRules.chance(page.lifetime(), ageMillis, policy.earlyRenewalPercent());
        return chance > 0 && random.nextDouble() < chance;
    }
}
