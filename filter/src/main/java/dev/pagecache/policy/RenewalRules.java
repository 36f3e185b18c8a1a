package dev.pagecache.policy;

import dev.pagecache.entry.Lifetime;

/** When a page is renewed although it is fresh. */
public final class RenewalRules {
    /** The longest window, in percent of the freshness lifetime: {@value}. */
    public static final int MAX_PERCENT = 50;

    /** Pages that are refreshed in a second where nothing else is set: {@value}. */
    public static final int DEFAULT_REFRESHES_PER_SECOND = 10;

    private RenewalRules() {}

    /**
     * The chance with which a request that finds a page renews it: 0 until the window at the end of its freshness
     * begins, from then on the part of the window that is over.
     *
     * <p>The chance grows evenly with time, so that how early a page is renewed follows from how often it is asked for:
     * at {@code r} requests a second and a window of {@code w} seconds after about {@code sqrt(2 w / r)} seconds, and
     * hardly at all where {@code r w} is less than 1. Nothing has to be known of the page but its lifetime.
     *
     * @param lifetime the page's lifetime
     * @param ageMillis its age, 0 or more
     * @param percent length of the window in percent of the freshness lifetime, 0 for none
     * @return 0 to 1; 0 for a page that is not fresh, too
     */
    public static double chance(Lifetime lifetime, long ageMillis, int percent) {
        long leftMillis = lifetime.freshMillis() - ageMillis;
        double windowMillis = lifetime.freshMillis() / 100.0 * percent;
        return leftMillis <= 0 || leftMillis >= windowMillis ? 0 : 1 - leftMillis / windowMillis;
    }
}
