package dev.pagecache.concurrency;

import dev.pagecache.entry.CacheKey;
import dev.pagecache.entry.Lifetime;
import dev.pagecache.entry.Page;
import dev.pagecache.entry.PageTraits;
import dev.pagecache.entry.Stamp;
import dev.pagecache.entry.StoredRecord;
import dev.pagecache.http.Fields;
import dev.pagecache.policy.HiddenInputs;
import dev.pagecache.policy.HostFilter;
import dev.pagecache.policy.PagePolicy;
import dev.pagecache.policy.PagePolicy.Feature;
import dev.pagecache.policy.PagePolicy.Inputs;
import dev.pagecache.policy.PathFilter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys, pages whose content is a number, and settings. Time stands still at 0. */
public final class Samples {
    private static final Lifetime TEN_MINUTES = new Lifetime(600_000, 0, 0);

    /** The defaults, and the answer to POST is stored. */
    public static final PagePolicy POLICY = new PagePolicy(
            "",
            "",
            null,
            HostFilter.ALL,
            PathFilter.ALL,
            null,
            Duration.ofMinutes(10),
            Set.of(200),
            List.of(),
            Inputs.LEARNED,
            Set.of(),
            HiddenInputs.NONE,
            false,
            null,
            Set.of(Feature.POST),
            null,
            Duration.ZERO,
            Duration.ZERO,
            0,
            1 << 20,
            List.of(),
            List.of());

    private Samples() {}

    /**
     * The key of a URL.
     *
     * @param path its path
     */
    public static CacheKey key(String path) {
        return CacheKey.url("", "http", "example.com", 80, path, path, null, List.of(), name -> null);
    }

    /**
     * The key of a variant of a URL.
     *
     * @param url the key of the URL
     * @param value what tells the variant from others
     */
    public static CacheKey variant(CacheKey url, String value) {
        return url.variant(List.of("x"), name -> value);
    }

    /**
     * A page that is fresh for ten minutes, from before all revocations.
     *
     * @param key its key
     * @param version its content, 0 to 127
     */
    public static Page page(CacheKey key, int version) {
        return page(key, version, Stamp.FIRST);
    }

    /**
     * A page that is fresh for ten minutes.
     *
     * @param key its key
     * @param version its content, 0 to 127
     * @param stamp the stamp of its rendering
     */
    public static Page page(CacheKey key, int version, Stamp stamp) {
        byte[] body = {(byte) version};
        return new Page(
                key,
                200,
                Fields.of("Content-Type", "text/plain"),
                body,
                0,
                TEN_MINUTES,
                PageTraits.NONE,
                stamp,
                List.of());
    }

    /**
     * The content of a page.
     *
     * @param record the page or nothing
     * @return its version, -1 where there is none
     */
    public static int version(@Nullable StoredRecord record) {
        return record instanceof Page page ? page.body().toBytes()[0] : -1;
    }
}
