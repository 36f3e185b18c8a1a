package dev.pagecache.config;

import dev.pagecache.policy.PagePolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one filter. Its text form shows no password.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param scope which requests it handles
 * @param cache alias of the cache it uses
 * @param policy how pages are decided where no annotation says otherwise
 * @param collapse how far one render per key reaches
 * @param collapseWait longest time that a request waits for another's render, 0 or more
 * @param refreshRate most pages that are refreshed in a second, 0 for none
 * @param cacheStatus name in the {@code Cache-Status} field (RFC 9211), or null if the field is not sent
 * @param showsKey whether that field has the key of the page
 * @param redis location given as shorthand for that of the default cache, with its password, or null
 * @param purge who may purge by the method PURGE
 * @param purgeToken what such a request has to bring, or null; never null for {@link PurgeAccess#TOKEN}
 */
public record FilterSettings(
        Scope scope,
        String cache,
        PagePolicy policy,
        Collapse collapse,
        Duration collapseWait,
        int refreshRate,
        @Nullable String cacheStatus,
        boolean showsKey,
        @Nullable String redis,
        PurgeAccess purge,
        @Nullable BearerToken purgeToken) {

    @Override
    public String toString() {
        return "FilterSettings[scope=" + scope + ", cache=" + cache + ", policy=" + policy + ", collapse=" + collapse
                + ", collapseWait=" + collapseWait + ", refreshRate=" + refreshRate + ", cacheStatus=" + cacheStatus
                + ", showsKey=" + showsKey
                + ", redis="
                + (redis == null ? "none" : CacheLocation.mask(redis)) + ", purge=" + purge + "]";
    }
}
