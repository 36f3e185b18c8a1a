package dev.pagecache.entry;

import dev.pagecache.http.Fields;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A stored response, ready to send: nothing is decoded or copied on a hit.
 *
 * <p>Age is counted on the monotonic clock of the node that holds the object, so that jumps of the wall clock neither
 * kill nor prolong a page.
 *
 * <p>Immutable, safe for use by many threads.
 *
 * @param key full key, of the URL or of the variant
 * @param status final status code, 200 to 599
 * @param fields end-to-end fields as stored, among them {@code Date}
 * @param body the content
 * @param bornNanos monotonic time at which its age was zero (RFC 9111 section 4.2.3)
 * @param lifetime how long it is fresh and for how long it may be served stale
 * @param traits what else is to be known of it
 * @param stamp what its node knew of revocations when its rendering began
 * @param tags names under which it can be purged
 */
public record Page(
        CacheKey key,
        int status,
        Fields fields,
        Body body,
        long bornNanos,
        Lifetime lifetime,
        PageTraits traits,
        Stamp stamp,
        List<String> tags)
        implements StoredRecord {

    /** Copies the tags. */
    public Page {
        tags = List.copyOf(tags);
    }

    /**
     * A page whose content fills an array.
     *
     * @param key full key, of the URL or of the variant
     * @param status final status code, 200 to 599
     * @param fields end-to-end fields as stored, among them {@code Date}
     * @param body the content, shared: not changed afterwards
     * @param bornNanos monotonic time at which its age was zero
     * @param lifetime how long it is fresh and for how long it may be served stale
     * @param traits what else is to be known of it
     * @param stamp what its node knew of revocations when its rendering began
     * @param tags names under which it can be purged
     */
    public Page(
            CacheKey key,
            int status,
            Fields fields,
            byte[] body,
            long bornNanos,
            Lifetime lifetime,
            PageTraits traits,
            Stamp stamp,
            List<String> tags) {
        this(key, status, fields, Body.of(body), bornNanos, lifetime, traits, stamp, tags);
    }

    /**
     * The same page under another key.
     *
     * @param other the key
     * @return the page
     */
    public Page withKey(CacheKey other) {
        return new Page(other, status, fields, body, bornNanos, lifetime, traits, stamp, tags);
    }

    /**
     * The same page with another stamp.
     *
     * @param other what its node knew of revocations when it counts as new
     * @return the page
     */
    public Page withStamp(Stamp other) {
        return new Page(key, status, fields, body, bornNanos, lifetime, traits, other, tags);
    }

    /**
     * Current age (RFC 9111 section 4.2.3).
     *
     * @param nowNanos the node's monotonic time
     * @return milliseconds, never negative
     */
    public long ageMillis(long nowNanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nowNanos - bornNanos));
    }

    @Override
    public int weightBytes() {
        long bytes = 256L + key.length() + body.retainedBytes();
        for (int i = 0; i < fields.size(); i++) {
            bytes += 112 + fields.name(i).length() + fields.value(i).length();
        }
        for (String tag : tags) {
            bytes += 56 + tag.length();
        }
        return (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    @Override
    public long retentionMillis(long nowNanos) {
        return lifetime.retentionMillis() - ageMillis(nowNanos);
    }
}
